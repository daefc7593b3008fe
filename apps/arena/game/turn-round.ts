import type { Boat, Pond } from './pond.ts'
import { playTicks, restTicks } from './world.ts'

/** The next round or the rest before it, where this one's time is over. */
export function turnRound(pond: Pond): Pond {
  const { round, tick, boats } = pond
  if (tick < round.endTick) return pond
  if (round.phase === 'play') {
    const best = winnerOf(boats)
    const crowned = boats.map((boat) => (boat === best ? { ...boat, wins: boat.wins + 1 } : boat))
    const rest = { number: round.number, phase: 'rest', endTick: tick + restTicks, winner: best?.name ?? '' } as const
    return { ...pond, boats: crowned, round: rest }
  }
  const empty = boats.map((boat) => ({ ...boat, score: 0, cargo: 0 }))
  const next = { number: round.number + 1, phase: 'play', endTick: tick + playTicks, winner: round.winner } as const
  return { ...pond, boats: empty, round: next }
}

/** Of equals the first in the list. */
function winnerOf(boats: readonly Boat[]): Boat | undefined {
  const most = Math.max(0, ...boats.map(({ score }) => score))
  return most === 0 ? undefined : boats.find(({ score }) => score === most)
}
