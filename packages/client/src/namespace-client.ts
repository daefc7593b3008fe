import type {
  Contract,
  EventName,
  EventOutput,
  EventsOf,
  ParamsInput,
  ParsedRequestInput,
  ParsedRequestOutput,
  QuestionsOf,
  RequestInput,
  RequestName,
  RequestOutput,
  RequestsOf,
  RoomName,
  RoomsOf,
} from '@millrace/contract'
import type { CallOptions } from './call.ts'
import type { Off } from './listeners.ts'
import type { RequestOutcome, RoomClient } from './room-client.ts'

type QuestionName<C> = keyof QuestionsOf<C> & string

type RoomArguments<R> = R extends { readonly params: object } ? [params: ParamsInput<R>] : []

/** One contract of a client. */
export interface NamespaceClient<C extends Contract> {
  on<N extends EventName<C>>(name: N, listener: (payload: EventOutput<EventsOf<C>[N]>) => unknown): Off
  /** Rejects with a MillraceError: a code of the table, or one that the request declares, with its data. */
  request<N extends RequestName<C>>(
    name: N,
    input: RequestInput<RequestsOf<C>[N]>,
    options?: CallOptions,
  ): Promise<ParsedRequestOutput<RequestsOf<C>[N]>>
  tryRequest<N extends RequestName<C>>(
    name: N,
    input: RequestInput<RequestsOf<C>[N]>,
    options?: CallOptions,
  ): Promise<RequestOutcome<RequestsOf<C>[N]>>
  /** Answers a question of the server. A MillraceError that it throws is the answer; anything else is `INTERNAL`. */
  answer<N extends QuestionName<C>>(
    name: N,
    handler: (
      input: ParsedRequestInput<QuestionsOf<C>[N]>,
    ) => RequestOutput<QuestionsOf<C>[N]> | Promise<RequestOutput<QuestionsOf<C>[N]>>,
  ): Off
  /** The same object for the same parameters. Throws `INVALID_INPUT` where they do not fit. */
  room<N extends RoomName<C>>(name: N, ...params: RoomArguments<RoomsOf<C>[N]>): RoomClient<RoomsOf<C>[N]>
}
