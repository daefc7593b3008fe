import type { Helm } from '../../game/pond.ts'

/** Sticks rarely rest at 0. */
const dead = 0.15

/** Of the first gamepad whose left stick or triggers are moved; undefined where none is. */
export function gamepadHelm(pads: readonly (Gamepad | null)[]): Helm | undefined {
  for (const pad of pads) {
    if (!pad || pad.mapping !== 'standard') continue
    const [turn = 0, tilt = 0] = pad.axes
    const ahead = pad.buttons[7]?.value ?? 0
    const back = pad.buttons[6]?.value ?? 0
    const thrust = Math.max(-1, Math.min(1, ahead - back - (Math.abs(tilt) > dead ? tilt : 0)))
    if (Math.abs(turn) > dead || Math.abs(thrust) > dead) return { turn: Math.abs(turn) > dead ? turn : 0, thrust }
  }
  return undefined
}
