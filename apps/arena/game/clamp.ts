import type { Helm } from './pond.ts'

/** What is no number counts as `least`. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Number.isNaN(value) ? least : value))
}

/** What is no number counts as 0. */
export function clampHelm({ turn, thrust }: Helm): Helm {
  return { turn: clamp(turn || 0, -1, 1), thrust: clamp(thrust || 0, -1, 1) }
}

/** From -pi to pi. */
export function wrapAngle(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle))
}
