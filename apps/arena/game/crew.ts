import { freshGrain } from './gather.ts'
import { place } from './place.ts'
import type { Boat, Pond } from './pond.ts'
import { centre, crewSize, goneAfterTicks, maxPlayers, playTicks } from './world.ts'

export interface Player {
  readonly id: string
  readonly name: string
  readonly hue: number
}

const bots: readonly Player[] = [
  { id: 'bot.1', name: 'Cog', hue: 28 },
  { id: 'bot.2', name: 'Sluice', hue: 265 },
  { id: 'bot.3', name: 'Ripple', hue: 150 },
  { id: 'bot.4', name: 'Hopper', hue: 330 },
]

/** A pond with bots only. */
export function newPond(seed: number): Pond {
  const round = { number: 1, phase: 'play', endTick: playTicks, winner: '' } as const
  return withBots({ tick: 0, boats: [], round, ...freshGrain(seed | 0) })
}

/** With a boat for this player, or with the new name and colour for the one that there is. Full: the pond as it is. */
export function launch(pond: Pond, player: Player): Pond {
  const { id, name, hue } = player
  const isThere = pond.boats.some((boat) => boat.id === id)
  if (isThere) return { ...pond, boats: pond.boats.map((boat) => (boat.id === id ? { ...boat, name, hue } : boat)) }
  if (people(pond) >= maxPlayers) return pond
  return withBots(withBoat(pond, player, false))
}

export function withdraw(pond: Pond, id: string): Pond {
  const boats = pond.boats.filter((boat) => boat.isBot || boat.id !== id)
  return boats.length === pond.boats.length ? pond : withBots({ ...pond, boats })
}

/** Without the boats whose players are not heard of any more. */
export function withoutGone(pond: Pond): Pond {
  const gone = pond.boats.filter((boat) => !boat.isBot && boat.idleTicks > goneAfterTicks)
  return gone.reduce((rest, { id }) => withdraw(rest, id), pond)
}

export function people({ boats }: Pick<Pond, 'boats'>): number {
  return boats.filter(({ isBot }) => !isBot).length
}

/** As many bots as people are missing, and at least one. */
export function withBots(pond: Pond): Pond {
  const wanted = bots.slice(0, Math.max(1, crewSize - people(pond)))
  const kept = pond.boats.filter((boat) => !boat.isBot || wanted.some(({ id }) => id === boat.id))
  const missing = wanted.filter(({ id }) => !kept.some((boat) => boat.id === id))
  return missing.reduce<Pond>((crewed, bot) => withBoat(crewed, bot, true), { ...pond, boats: kept })
}

function withBoat(pond: Pond, player: Player, isBot: boolean): Pond {
  const { x, y, seed } = place(pond.seed)
  const still = { vx: 0, vy: 0, cargo: 0, score: 0, wins: 0, seq: -1, idleTicks: 0 }
  const angle = Math.trunc(Math.atan2(centre.y - y, centre.x - x) * 10_000) / 10_000
  const boat: Boat = { ...player, isBot, x, y, angle, ...still }
  return { ...pond, seed, boats: [...pond.boats, boat] }
}
