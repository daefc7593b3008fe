import type {
  Contract,
  MillraceError,
  ParamsInput,
  ParsedRequestOutput,
  RequestInput,
  RequestName,
  RequestsOf,
  RoomName,
  RoomsOf,
} from '@millrace/contract'

/** A request of the outbox that has no answer yet. An object that never changes: another one takes its place. */
export interface KeptRequest<Room = string, Params = unknown, Name = string, Input = unknown> {
  /** 22 characters of `[A-Za-z0-9_-]`, the same on every attempt. */
  readonly key: string
  readonly room: Room
  readonly params: Params
  readonly name: Name
  readonly input: Input
  /** When it was given to `send()`, ms since 1970. */
  readonly at: number
  /** `failed`: it waits for `retry` or `discard`, and others go on. */
  readonly state: 'pending' | 'failed'
  /** Why it failed. */
  readonly error: MillraceError | undefined
}

/** Every kind of request that an outbox of this contract may hold. */
export type KeptRequestOf<C extends Contract> = {
  [N in RoomName<C>]: {
    [Q in RequestName<RoomsOf<C>[N]>]: KeptRequest<
      N,
      ParamsInput<RoomsOf<C>[N]>,
      Q,
      RequestInput<RequestsOf<RoomsOf<C>[N]>[Q]>
    >
  }[RequestName<RoomsOf<C>[N]>]
}[RoomName<C>]

/** What `answered` tells: the request, and its answer as parsed; `request.name` tells the answers apart. */
export type AnsweredOf<C extends Contract> = {
  [N in RoomName<C>]: {
    [Q in RequestName<RoomsOf<C>[N]>]: {
      readonly room: N
      readonly name: Q
      readonly request: KeptRequest<N, ParamsInput<RoomsOf<C>[N]>, Q, RequestInput<RequestsOf<RoomsOf<C>[N]>[Q]>>
      readonly answer: ParsedRequestOutput<RequestsOf<RoomsOf<C>[N]>[Q]>
    }
  }[RequestName<RoomsOf<C>[N]>]
}[RoomName<C>]
