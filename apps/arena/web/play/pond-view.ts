import { TickClock } from './tick-clock.ts'
import { Track } from './track.ts'
import type { Captain, Pace, PlayerValue, RoundValue, Sack } from './values.ts'

/** A pond as this page has heard of it. */
export class PondView {
  readonly tracks = new Map<string, Track>()
  readonly captains = new Map<string, Captain>()
  readonly grain = new Map<string, Sack>()
  readonly clock = new TickClock()
  round: RoundValue | undefined
  pace: Pace | undefined

  player({ id, tick, ...hull }: PlayerValue, nowMs: number): void {
    const track = this.tracks.get(id) ?? new Track()
    this.tracks.set(id, track)
    track.add(tick, hull)
    this.clock.note(tick, nowMs)
  }

  remove(name: string, key: string): void {
    if (name === 'player') this.tracks.delete(key)
    else if (name === 'captain') this.captains.delete(key)
    else if (name === 'grain') this.grain.delete(key)
  }
}
