import { keepAfloat } from './keep-afloat.ts'
import type { Boat } from './pond.ts'
import { boatRadius } from './world.ts'

/** Of the speed at which two boats meet, this much drives them apart. */
const bounce = 0.7
/** Whoever is met faster than this spills sacks. */
const ramSpeed = 150

export interface Bumped {
  readonly boats: readonly Boat[]
  /** Ids of boats that were rammed. */
  readonly rammed: readonly string[]
}

/** Boats that touch push each other away, equally, in the order of the list. */
export function bump(boats: readonly Boat[]): Bumped {
  const after = [...boats]
  const rammed: string[] = []
  for (let first = 0; first < after.length; first++) {
    for (let second = first + 1; second < after.length; second++) {
      const [a, b] = [after[first]!, after[second]!]
      const meeting = meet(a, b)
      if (!meeting) continue
      after[first] = meeting.a
      after[second] = meeting.b
      if (meeting.rammed !== undefined) rammed.push(meeting.rammed)
    }
  }
  return { boats: after, rammed }
}

function meet(a: Boat, b: Boat): { a: Boat; b: Boat; rammed: string | undefined } | undefined {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const distance = Math.hypot(dx, dy)
  if (distance >= 2 * boatRadius) return undefined
  const [nx, ny] = distance === 0 ? [1, 0] : [dx / distance, dy / distance]
  const push = boatRadius - distance / 2
  const [towardsB, towardsA] = [a.vx * nx + a.vy * ny, -(b.vx * nx + b.vy * ny)]
  const closing = Math.max(0, towardsB + towardsA)
  const kick = (closing * (1 + bounce)) / 2
  const moved = (boat: Boat, way: 1 | -1): Boat => ({
    ...boat,
    x: boat.x + way * nx * push,
    y: boat.y + way * ny * push,
    vx: boat.vx + way * nx * kick,
    vy: boat.vy + way * ny * kick,
  })
  const victim = towardsB > towardsA ? b.id : a.id
  return {
    a: keepAfloat(moved(a, -1)),
    b: keepAfloat(moved(b, 1)),
    rammed: closing > ramSpeed ? victim : undefined,
  }
}
