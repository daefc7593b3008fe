import type { EventOutput, EventsOf } from '@millrace/contract'
import type { arena, ponds } from '../../contract.ts'

type Events = EventsOf<(typeof arena)['rooms']['arena']>

export type PondName = (typeof ponds)[number]
export type PlayerValue = EventOutput<Events['player']>
export type Captain = EventOutput<Events['captain']>
export type Sack = EventOutput<Events['grain']>
export type RoundValue = EventOutput<Events['round']>
export type Pace = EventOutput<Events['pace']>
