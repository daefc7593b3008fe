import { clamp, wrapAngle } from './clamp.ts'
import type { Boat, Helm, Pond } from './pond.ts'
import { centre, millRadius } from './world.ts'

/** Sacks after which a bot goes to the mill. */
const enough = 3
/** From the middle of the mill: a bot that goes elsewhere keeps so far off. */
const berth = millRadius + 90

/** What a bot does: to the nearest sack, and with some of them to the mill. Slower than people are. */
export function botHelm({ grain }: Pick<Pond, 'grain'>, boat: Boat): Helm {
  const sack = boat.cargo >= enough ? undefined : nearest(grain, boat)
  const target = sack ?? centre
  let [dx, dy] = [target.x - boat.x, target.y - boat.y]
  const [mx, my] = [boat.x - centre.x, boat.y - centre.y]
  const fromMill = Math.hypot(mx, my)
  if (sack && fromMill < berth) {
    // Along the race, and a little outwards.
    ;[dx, dy] = [mx - 2 * my, my + 2 * mx]
  }
  const off = wrapAngle(Math.atan2(dy, dx) - boat.angle)
  return { turn: clamp(off * 1.8, -1, 1), thrust: Math.abs(off) < 0.9 ? 0.72 : 0.25 }
}

function nearest<T extends { readonly x: number; readonly y: number }>(
  things: readonly T[],
  { x, y }: Pick<Boat, 'x' | 'y'>,
): T | undefined {
  let best: T | undefined
  let least = Infinity
  for (const thing of things) {
    const distance = Math.hypot(thing.x - x, thing.y - y)
    if (distance < least) [best, least] = [thing, distance]
  }
  return best
}
