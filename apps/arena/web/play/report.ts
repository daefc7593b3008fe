import { ticksPerSecond } from '../../game/world.ts'
import type { ArenaClient } from './arena-client.ts'
import type { Captain } from './values.ts'

/** What there is to read of a pond, and of the way to it. Undefined: not known yet. */
export interface Report {
  readonly id: string | undefined
  /** Whether the own boat is on the water. */
  readonly isAfloat: boolean
  /** Most points first. */
  readonly captains: readonly Captain[]
  readonly cargo: number
  readonly round:
    | { readonly number: number; readonly isPlaying: boolean; readonly secondsLeft: number; readonly winner: string }
    | undefined
  readonly line: {
    readonly pingMs: number | undefined
    readonly jitterMs: number
    /** From an input to its effect, as the server says it. */
    readonly echoMs: number | undefined
    readonly ticksPerSecond: number | undefined
    /** Since the newest tick arrived. */
    readonly ageMs: number | undefined
    /** How far the prediction was off, units. */
    readonly error: number | undefined
    /** Inputs that the server has not answered. */
    readonly pending: number
    /** That keeps the pond. */
    readonly node: string | undefined
  }
}

export function reportOf({ id, pond, sailing, trips }: ArenaClient, nowMs: number): Report {
  const { round, pace, clock } = pond
  const tick = clock.tickAt(nowMs)
  const captains = [...pond.captains.values()].sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
  return {
    id,
    isAfloat: sailing !== undefined,
    captains,
    cargo: (id === undefined ? undefined : pond.tracks.get(id)?.newest?.cargo) ?? 0,
    round: round && {
      number: round.number,
      isPlaying: round.phase === 'play',
      secondsLeft: Math.max(0, Math.ceil((round.endTick - (tick ?? round.endTick)) / ticksPerSecond)),
      winner: round.winner,
    },
    line: {
      pingMs: trips.ms,
      jitterMs: trips.jitterMs,
      echoMs: sailing?.echoMs,
      ticksPerSecond: pace?.perSecond,
      ageMs: clock.ageMs(nowMs),
      error: sailing?.prediction.error,
      pending: sailing?.prediction.pendingCount ?? 0,
      node: pace?.node,
    },
  }
}
