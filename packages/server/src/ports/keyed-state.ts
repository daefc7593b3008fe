import type { StatePosition } from '@millrace/contract'
import type { Payload, Subscription } from './event-log.ts'

/** One change of a room's keyed state. A null payload removes the key. */
export interface StateValue {
  /** The versioned event name. */
  readonly name: string
  readonly key: string
  readonly payload: Payload | null
}

/** `change`: what changed since the version asked for. `replace`: everything; forget what was known. */
export interface StateUpdate extends StatePosition {
  readonly kind: 'change' | 'replace'
  readonly values: readonly StateValue[]
}

export interface StateChange extends StateValue {
  /** The version that this change made, and its id. */
  readonly position: StatePosition
}

export interface StateListener {
  changes(changes: readonly StateChange[]): void
  /** Changes were lost on their way: read again. Resolves once that is done; where it rejects it is called again. */
  missed?(): Promise<void>
}

/** The newest value per key of each room. Never part of the event log. */
export interface KeyedState {
  /**
   * Makes one version. Rejects with `OVERLOADED` where the room would hold more than `maxKeys` keys, `UNAVAILABLE` or
   * `OUTCOME_UNKNOWN` as the event log does.
   */
  write(room: string, value: StateValue, maxKeys: number): Promise<StatePosition>
  /** Without `since`, or where `since` is no longer known: a `replace`. */
  read(room: string, since?: StatePosition): Promise<StateUpdate>
  subscribe(room: string, listener: StateListener): Promise<Subscription>
}
