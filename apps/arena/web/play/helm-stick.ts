import { clamp, wrapAngle } from '../../game/clamp.ts'
import type { Helm } from '../../game/pond.ts'

/** How far the finger goes for full speed, CSS pixels. */
export const stickRadius = 56
/** So near the middle nothing happens. */
const dead = 8

export interface Stick {
  /** Where the finger came down, and where it is, CSS pixels from the element's corner. */
  readonly from: { readonly x: number; readonly y: number }
  readonly to: { readonly x: number; readonly y: number }
}

/** The boat turns to where the stick points, and goes as fast as it is far. */
export function stickHelm({ from, to }: Stick, angle: number): Helm {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  if (length < dead) return { turn: 0, thrust: 0 }
  const off = wrapAngle(Math.atan2(dy, dx) - angle)
  const thrust = clamp(length / stickRadius, 0, 1)
  return { turn: clamp(off * 2, -1, 1), thrust: Math.abs(off) > 2 ? 0.2 * thrust : thrust }
}

/** A stick wherever a finger, pen or mouse comes down on the element. */
export class TouchStick {
  readonly #stop = new AbortController()
  #pointer: number | undefined
  #stick: Stick | undefined

  constructor(element: HTMLElement) {
    const { signal } = this.#stop
    const placeOf = ({ clientX, clientY }: PointerEvent): Stick['from'] => {
      const { left, top } = element.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    }
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (this.#pointer !== undefined || !event.isPrimary || event.button !== 0) return
        this.#pointer = event.pointerId
        element.setPointerCapture(event.pointerId)
        const at = placeOf(event)
        this.#stick = { from: at, to: at }
      },
      { signal },
    )
    element.addEventListener(
      'pointermove',
      (event) => {
        if (event.pointerId === this.#pointer && this.#stick) this.#stick = { ...this.#stick, to: placeOf(event) }
      },
      { signal },
    )
    for (const name of ['pointerup', 'pointercancel'] as const)
      element.addEventListener(
        name,
        ({ pointerId }) => {
          if (pointerId === this.#pointer) this.#pointer = this.#stick = undefined
        },
        { signal },
      )
  }

  /** Undefined while nothing touches. */
  get stick(): Stick | undefined {
    return this.#stick
  }

  close(): void {
    this.#stop.abort()
  }
}
