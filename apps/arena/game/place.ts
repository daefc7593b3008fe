import { random } from './random.ts'
import { centre, shore } from './world.ts'

/** A place between quay and shore. The water is a ring, so that an angle and a way outwards name one. */
export function place(seed: number): { readonly x: number; readonly y: number; readonly seed: number } {
  const [turn, second] = random(seed)
  const [way, next] = random(second)
  const angle = turn * 2 * Math.PI
  const out = 0.45 + 0.45 * way
  return {
    x: Math.round(centre.x + Math.cos(angle) * out * shore.x),
    y: Math.round(centre.y + Math.sin(angle) * out * shore.y),
    seed: next,
  }
}
