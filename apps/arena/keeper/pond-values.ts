import type { Pond } from '../game/pond.ts'
import type { PondValue } from './pond-room.ts'

/** A pond as the room's state says it. */
export function pondValues({ tick, boats, grain, round }: Pond): PondValue[] {
  const values: PondValue[] = [{ name: 'round', payload: { ...round } }]
  for (const { id, seq, x, y, angle, vx, vy, cargo, name, hue, isBot, score, wins } of boats) {
    values.push({ name: 'player', payload: { id, tick, seq, x, y, angle, vx, vy, cargo } })
    values.push({ name: 'captain', payload: { id, name, hue, isBot, score, wins } })
  }
  for (const sack of grain) values.push({ name: 'grain', payload: { ...sack } })
  return values
}
