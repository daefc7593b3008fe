import type { Off } from '@millrace/client'
import type { Contract, Position, RoomEntry } from '@millrace/contract'

/** A room without the types of its contract. */
export interface UntypedRoom {
  on(name: string, listener: (...args: never[]) => unknown): Off
  history(query: { readonly before?: Position | 'end'; readonly after?: Position }): Promise<PastPage>
  readonly presence?: { set(state: unknown): Promise<void> }
}

/** A durable event, live or of the past. */
export interface DurableEvent {
  readonly name: string
  readonly payload: unknown
  readonly position: Position
  /** The publisher's key. */
  readonly key: string | null
}

interface PastPage {
  readonly events: readonly DurableEvent[]
  readonly from: Position | undefined
  readonly to: Position | undefined
  readonly more: boolean
  readonly gap: string | undefined
}

/** Where a room is found: kept requests name it by that. */
export interface RoomAddress {
  readonly contract: Contract
  readonly namespace: { room(name: string, params?: unknown): object }
  readonly name: string
  readonly entry: RoomEntry
}

/** What a client says of itself where the room has presence. */
export interface Join {
  readonly presence?: unknown
}
