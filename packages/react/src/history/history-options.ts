import type { DurableEventName } from '@millrace/client'
import type { KeptRequest } from '@millrace/client/outbox'
import type {
  EventOutput,
  EventsOf,
  ParsedRequestOutput,
  RequestInput,
  RequestName,
  RequestsOf,
  SnapshotOutput,
} from '@millrace/contract'
import type { Row } from './row.ts'

/** Rows in order, oldest first, and whether there are older ones. */
export interface Page<V> {
  readonly values: readonly V[]
  readonly hasMore: boolean
}

/** A kept request of one kind of room; `name` tells the inputs apart. */
export type RoomRequest<R> = {
  [Q in RequestName<R>]: KeptRequest & { readonly name: Q; readonly input: RequestInput<RequestsOf<R>[Q]> }
}[RequestName<R>]

/** The name of a request and its answer, as two arguments; `name` tells the answers apart. */
export type AnswerArguments<R> = {
  [Q in RequestName<R>]: [name: Q, answer: ParsedRequestOutput<RequestsOf<R>[Q]>]
}[RequestName<R>]

/** Functions here are pure. They may be written inline: the newest ones count. */
export interface HistoryOptions<R, N extends DurableEventName<R>, V = EventOutput<EventsOf<R>[N]>> {
  /** The durable event whose payloads are rows, or new versions of rows. */
  readonly event: N
  /** What tells rows apart. For optimistic rows: the key of the request that makes it. */
  readonly id: (value: V) => string
  /** Whether `a` replaces `b`, of the same id. Default: what arrived later replaces what came before it. */
  readonly isNewer?: (a: V, b: V) => boolean
  /**
   * The order of rows: negative where `a` stands before `b`. Default: the order in which they were published. Needed where
   * a row has versions, as a new version of an old row is published late.
   */
  readonly compare?: (a: V, b: V) => number
  /** The rows that the room's snapshot has, in order. Without it the first page comes from the room's history. */
  readonly fromSnapshot?: (snapshot: Exclude<SnapshotOutput<R>, undefined>) => readonly V[] | Page<V>
  /** Rows to show until the first join is answered, such as those that the page had before a reload. Default: none. */
  readonly initial?: readonly V[]
  /** Reads the rows before `oldest`. Default: pages of the room's history, as far as it is kept. */
  readonly older?: (oldest: V) => Promise<Page<V>>
  /** The row in the answer of a kept request, so that it is stored on the page before its event comes. */
  readonly fromAnswer?: (...answer: AnswerArguments<R>) => V | undefined
  /**
   * The rows as they will be when a request has its answer: called in order for each request of this room that waits in
   * the outbox, pending or failed. A request whose event came is left out.
   */
  readonly optimistic?: (rows: Row<V>[], request: RoomRequest<R>) => readonly Row<V>[]
}

/** The part of the options that says what rows are, without the types of the contract. */
export interface RowRules {
  readonly id: (value: unknown) => string
  readonly isNewer?: ((a: unknown, b: unknown) => boolean) | undefined
  readonly compare?: ((a: unknown, b: unknown) => number) | undefined
}

export interface UntypedOptions extends RowRules {
  readonly event: string
  readonly fromSnapshot?: (snapshot: unknown) => readonly unknown[] | Page<unknown>
  readonly initial?: readonly unknown[]
  readonly older?: (oldest: unknown) => Promise<Page<unknown>>
  readonly fromAnswer?: (name: string, answer: unknown) => unknown
  readonly optimistic?: (rows: Row<unknown>[], request: KeptRequest) => readonly Row<unknown>[]
}
