import { clamp } from '../../game/clamp.ts'
import { pondSize } from '../../game/world.ts'

export interface Camera {
  /** CSS pixels per unit of the world. */
  readonly scale: number
  /** Of the world's corner, CSS pixels. */
  readonly x: number
  readonly y: number
}

/** A boat is no smaller than a fingertip's half. */
const leastScale = 0.52
/** Land around the pond that is shown where there is room, units. */
const margin = 24

/** What of the world can be seen as the focus moves: from and to, units. */
export interface Sight {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The whole pond where it fits; else as much of it as can be seen around the focus. Sizes in CSS pixels. */
export function cameraOf(width: number, height: number, focus: { readonly x: number; readonly y: number }): Camera {
  const scale = scaleOf(width, height)
  return {
    scale,
    x: cornerOf(width, pondSize.width * scale, focus.x * scale, margin * scale),
    y: cornerOf(height, pondSize.height * scale, focus.y * scale, margin * scale),
  }
}

export function sightOf(width: number, height: number): Sight {
  const scale = scaleOf(width, height)
  const across = Math.max(margin, (width / scale - pondSize.width) / 2)
  const down = Math.max(margin, (height / scale - pondSize.height) / 2)
  return { left: -across, top: -down, right: pondSize.width + across, bottom: pondSize.height + down }
}

function scaleOf(width: number, height: number): number {
  const [fullWidth, fullHeight] = [pondSize.width + 2 * margin, pondSize.height + 2 * margin]
  return Math.max(leastScale, Math.min(width / fullWidth, height / fullHeight))
}

function cornerOf(room: number, size: number, focus: number, border: number): number {
  if (size + 2 * border <= room + 0.5) return (room - size) / 2
  return clamp(room / 2 - focus, room - size - border, border)
}
