import { place } from './place.ts'
import type { Boat, Grain, Pond } from './pond.ts'
import { random } from './random.ts'
import { centre, maxCargo, quayRadius, reach } from './world.ts'

const sacks = 14
const golden = 2
const goldenWorth = 3
/** Ids of spilt sacks; older ones sink when there are more. */
const firstSpilt = 100
const maxSpilt = 20

/** All that comes again wherever it is picked up. */
export function freshGrain(seed: number): Pick<Pond, 'grain' | 'seed'> {
  const grain: Grain[] = []
  for (let id = 0; id < sacks + golden; id++) {
    const at = place(seed)
    seed = at.seed
    grain.push({ id, x: at.x, y: at.y, worth: id < sacks ? 1 : goldenWorth })
  }
  return { grain, seed }
}

/** Boats unload at the quay and pick up what they reach; the nearer in the list goes first. */
export function gather(pond: Pond): Pond {
  let { grain, seed } = pond
  const boats = pond.boats.map((boat) => {
    let after = isAtQuay(boat) ? { ...boat, score: boat.score + boat.cargo, cargo: 0 } : boat
    for (const sack of grain) {
      if (after.cargo >= maxCargo || Math.hypot(sack.x - boat.x, sack.y - boat.y) > reach) continue
      after = { ...after, cargo: Math.min(maxCargo, after.cargo + sack.worth) }
      const again = place(seed)
      seed = again.seed
      grain =
        sack.id >= firstSpilt
          ? grain.filter((other) => other !== sack)
          : grain.map((other) => (other === sack ? { ...sack, x: again.x, y: again.y } : other))
    }
    return after
  })
  return { ...pond, boats, grain, seed }
}

function isAtQuay({ x, y }: Pick<Boat, 'x' | 'y'>): boolean {
  return Math.hypot(x - centre.x, y - centre.y) <= quayRadius
}

/** Each boat that was rammed loses up to two sacks, which float beside it, out of its own reach. */
export function spill(pond: Pond, rammed: readonly string[]): Pond {
  let { grain, seed } = pond
  const boats = pond.boats.map((boat) => {
    const lost = rammed.includes(boat.id) ? Math.min(2, boat.cargo) : 0
    for (let sack = 0; sack < lost; sack++) {
      const [turn, next] = random(seed)
      seed = next
      const [x, y] = [Math.cos(turn * 2 * Math.PI), Math.sin(turn * 2 * Math.PI)]
      grain = withSpilt(grain, Math.round(boat.x + x * 2 * reach), Math.round(boat.y + y * 2 * reach))
    }
    return lost > 0 ? { ...boat, cargo: boat.cargo - lost } : boat
  })
  return { ...pond, boats, grain, seed }
}

function withSpilt(grain: readonly Grain[], x: number, y: number): readonly Grain[] {
  const spilt = grain.filter(({ id }) => id >= firstSpilt)
  const kept = spilt.length < maxSpilt ? grain : grain.filter((sack) => sack !== spilt[0])
  const taken = new Set(kept.map(({ id }) => id))
  let id = firstSpilt
  while (taken.has(id)) id++
  return [...kept, { id, x, y, worth: 1 }]
}
