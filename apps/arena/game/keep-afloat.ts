import type { Hull } from './pond.ts'
import { boatRadius, centre, maxSpeed, millRadius, shore } from './world.ts'

/** Of the speed towards a wall, this much comes back. */
const bounce = 0.4

/** Puts a boat back between mill and shore, takes its speed towards them, and rounds it to what travels. */
export function keepAfloat<H extends Hull>(hull: H): H {
  return rounded(slowed(offMill(offShore(hull))))
}

function offShore<H extends Hull>(hull: H): H {
  const [a, b] = [shore.x - boatRadius, shore.y - boatRadius]
  const [dx, dy] = [hull.x - centre.x, hull.y - centre.y]
  const outside = Math.hypot(dx / a, dy / b)
  if (outside <= 1) return hull
  const at = { ...hull, x: centre.x + dx / outside, y: centre.y + dy / outside }
  return bounced(at, dx / (a * a), dy / (b * b))
}

function offMill<H extends Hull>(hull: H): H {
  const nearest = millRadius + boatRadius
  const [dx, dy] = [hull.x - centre.x, hull.y - centre.y]
  const distance = Math.hypot(dx, dy)
  if (distance >= nearest) return hull
  const [nx, ny] = distance === 0 ? [1, 0] : [dx / distance, dy / distance]
  return bounced({ ...hull, x: centre.x + nx * nearest, y: centre.y + ny * nearest }, -nx, -ny)
}

/** The vector points into the wall; its length does not matter. */
function bounced<H extends Hull>(hull: H, wallX: number, wallY: number): H {
  const length = Math.hypot(wallX, wallY)
  const [nx, ny] = [wallX / length, wallY / length]
  const into = hull.vx * nx + hull.vy * ny
  if (into <= 0) return hull
  return { ...hull, vx: hull.vx - (1 + bounce) * into * nx, vy: hull.vy - (1 + bounce) * into * ny }
}

function slowed<H extends Hull>(hull: H): H {
  const speed = Math.hypot(hull.vx, hull.vy)
  if (speed <= maxSpeed) return hull
  return { ...hull, vx: (hull.vx / speed) * maxSpeed, vy: (hull.vy / speed) * maxSpeed }
}

/** Server and clients go on from the same numbers, and those are short on the wire. Towards 0, so that nothing becomes faster. */
function rounded<H extends Hull>(hull: H): H {
  const short = (value: number, parts: number): number => Math.trunc(value * parts) / parts || 0
  return {
    ...hull,
    x: short(hull.x, 100),
    y: short(hull.y, 100),
    vx: short(hull.vx, 100),
    vy: short(hull.vy, 100),
    angle: short(hull.angle, 10_000),
  }
}
