import { launch, newPond, people } from '../game/crew.ts'
import type { Pond } from '../game/pond.ts'

export function crewOf(pond: Pond): { readonly people: number; readonly bots: number } {
  return { people: people(pond), bots: pond.boats.length - people(pond) }
}

/** A pond with p1, p2 and so on. */
export function launchMany(count: number): Pond {
  const players = Array.from({ length: count }, (_, index) => ({ id: `p${index + 1}`, name: `p${index + 1}`, hue: 0 }))
  return players.reduce(launch, newPond(1))
}
