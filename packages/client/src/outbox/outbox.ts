import type {
  Contract,
  HasPresence,
  ParamsInput,
  PresenceStateInput,
  RequestInput,
  RequestName,
  RequestsOf,
  RoomName,
  RoomsOf,
} from '@millrace/contract'
import type { Off } from '../listeners.ts'
import type { AnsweredOf, KeptRequestOf } from './kept-request.ts'
import type { OutboxStore } from './outbox-store.ts'

export interface OutboxListeners<C extends Contract> {
  /** `requests()` gives another array. */
  readonly change: () => unknown
  /** The answer came, the store has forgotten the request, and the next `change` takes it out of `requests()`. */
  readonly answered: (answered: AnsweredOf<C>) => unknown
}

/** Requests to rooms of one contract that survive a reload of the page. */
export interface Outbox<C extends Contract> {
  /** What it was made for. */
  readonly contract: C
  /**
   * Keeps a request, and sends it as soon as that can be: one at a time per room, in the order of the calls.
   *
   * @returns The request's key.
   * @throws MillraceError At once, and then nothing is kept: `UNKNOWN_EVENT`, `INVALID_INPUT` or `PAYLOAD_TOO_LARGE` where it does not fit the contract,
   *   `OVERLOADED` where the outbox is full, `DISCONNECTED` where it is closed.
   */
  send<N extends RoomName<C>, Q extends RequestName<RoomsOf<C>[N]>>(
    room: N,
    params: ParamsInput<RoomsOf<C>[N]>,
    name: Q,
    input: RequestInput<RequestsOf<RoomsOf<C>[N]>[Q]>,
  ): string
  /** What has no answer yet, oldest first. The same array until the next `change`. */
  requests(): readonly KeptRequestOf<C>[]
  on<N extends keyof OutboxListeners<C>>(name: N, listener: OutboxListeners<C>[N]): Off
  /** Sends a failed request again, with its key. Does nothing for any other. */
  retry(key: string): void
  /** Forgets a request. One that is on its way may still happen. */
  discard(key: string): void
  /** Stops sending. What has no answer stays in the store, for the next outbox of that name. */
  close(): Promise<void>
}

type PresenceRoomName<C extends Contract> = {
  [N in RoomName<C>]: HasPresence<RoomsOf<C>[N]> extends true ? N : never
}[RoomName<C>]

/** How to join rooms with presence where nobody else holds them. */
export type OutboxJoins<C extends Contract> = {
  readonly [N in PresenceRoomName<C>]: { readonly presence: PresenceStateInput<RoomsOf<C>[N]> }
}

interface Limits {
  /** Where requests are kept: `indexedDbOutbox()` or `memoryOutbox()`. */
  readonly store: OutboxStore
  /** Requests without an answer. Default 1,000. */
  readonly maxRequests?: number
  /** Bytes of their inputs. Default 16,000,000. */
  readonly maxBytes?: number
  /** Faults that no caller waits for: of the store, of a listener. Default: they go unnoticed. */
  readonly onError?: (error: Error) => void
}

export type OutboxOptions<C extends Contract> = Limits &
  ([PresenceRoomName<C>] extends [never]
    ? { readonly joins?: Readonly<Record<string, never>> }
    : { readonly joins: OutboxJoins<C> })
