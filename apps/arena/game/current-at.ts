import { clamp } from './clamp.ts'
import { centre } from './world.ts'

const fastest = 70
/** From the middle of the mill: where the water rests. */
const stillAt = 430

/** The mill's race turns the water around it, faster the nearer. Units a second. */
export function currentAt(x: number, y: number): { readonly x: number; readonly y: number } {
  const [dx, dy] = [x - centre.x, y - centre.y]
  const distance = Math.hypot(dx, dy)
  if (distance === 0) return { x: 0, y: 0 }
  const speed = fastest * clamp((stillAt - distance) / (stillAt / 2), 0, 1)
  return { x: (-dy / distance) * speed, y: (dx / distance) * speed }
}
