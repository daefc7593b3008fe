import { clamp, clampHelm, wrapAngle } from './clamp.ts'
import { currentAt } from './current-at.ts'
import { keepAfloat } from './keep-afloat.ts'
import type { Helm, Hull } from './pond.ts'

/** Radians a second. */
const turnRate = 2.9
/** Units a second, each second. */
const ahead = 500
const back = 260
/** How fast the water takes what speed a boat has in it, per second: along the keel, and across. */
const drag = 1.7
const sideDrag = 4.5
/** Of the thrust, per sack. */
const weight = 0.07

/** One boat, alone in the water, for `dtMs` (0 to 100): the server's and the clients' own. */
export function moveBoat<H extends Hull>(hull: H, helm: Helm, dtMs: number): H {
  const dt = clamp(dtMs, 0, 100) / 1000
  const { turn, thrust } = clampHelm(helm)
  const angle = wrapAngle(hull.angle + turn * turnRate * dt)
  const water = currentAt(hull.x, hull.y)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [rx, ry] = [hull.vx - water.x, hull.vy - water.y]
  const pull = thrust * (thrust < 0 ? back : ahead) * (1 - weight * hull.cargo)
  const along = (rx * cos + ry * sin + pull * dt) * Math.exp(-drag * dt)
  const across = (ry * cos - rx * sin) * Math.exp(-sideDrag * dt)
  const vx = water.x + along * cos - across * sin
  const vy = water.y + along * sin + across * cos
  return keepAfloat({ ...hull, angle, vx, vy, x: hull.x + vx * dt, y: hull.y + vy * dt })
}
