import type { StateValue } from '@millrace/server'
import { arena } from '../contract.ts'
import { newPond, withBots } from '../game/crew.ts'
import type { Boat, Grain, Pond, Round } from '../game/pond.ts'

const { player, captain, grain, round } = arena.rooms.arena.events

/** The pond that another node kept, as the room's state says it; a new one where that says nothing. What does not fit is left out. */
export function readPond(values: readonly StateValue[], seed: number): Pond {
  const fresh = newPond(seed)
  const read = <T>(name: string, schema: Parses<T>): readonly T[] =>
    values.flatMap((value) => (value.name === name ? (schema.safeParse(fromJson(value)).data ?? []) : []))
  const hulls = read('player', player.payload)
  const captains = new Map(read('captain', captain.payload).map((one) => [one.id, one]))
  const boats = hulls.flatMap(({ tick: _, ...hull }): Boat[] => {
    const known = captains.get(hull.id)
    return known ? [{ ...hull, ...known, idleTicks: 0 }] : []
  })
  const sacks: readonly Grain[] = read('grain', grain.payload)
  const [last]: readonly (Round | undefined)[] = read('round', round.payload)
  if (!last || sacks.length === 0) return fresh
  const tick = Math.max(0, ...hulls.map((hull) => hull.tick))
  return withBots({ tick, seed: fresh.seed, boats, grain: sacks, round: last })
}

interface Parses<T> {
  safeParse(value: unknown): { readonly data?: T | undefined }
}

/** Undefined for what is no JSON, which no schema takes. */
function fromJson({ payload }: StateValue): unknown {
  if (typeof payload !== 'string') return undefined
  try {
    return JSON.parse(payload)
  } catch {
    return undefined
  }
}
