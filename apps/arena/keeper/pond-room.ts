import type { EventInput, EventsOf } from '@millrace/contract'
import type { TypedRoomHandle } from '@millrace/server'
import type { arena } from '../contract.ts'

type ArenaRoom = (typeof arena)['rooms']['arena']

export type PondRoom = TypedRoomHandle<ArenaRoom>

type Shown = Pick<EventsOf<ArenaRoom>, 'player' | 'captain' | 'grain' | 'round'>

/** A value of the room's state, as the server publishes it. */
export type PondValue = {
  readonly [N in keyof Shown]: { readonly name: N; readonly payload: EventInput<Shown[N]> }
}[keyof Shown]
