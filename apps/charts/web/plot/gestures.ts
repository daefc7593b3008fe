import type { Span } from '../time/time-window.ts'

export interface GestureTarget {
  /** Takes the pointer. */
  readonly element: HTMLElement
  timeAt(clientX: number): number
  msPerPx(): number
  /** Above 0: towards now. */
  onPan(byMs: number): void
  /** @param anchor The time that keeps its place. */
  onZoom(factor: number, anchor: number): void
  /** While a part is chosen; `undefined` where it is given up. */
  onSelecting(span: Span | undefined): void
  onSelect(span: Span): void
  /** Whether turning the wheel here is for the chart rather than for the page. */
  isWheelOurs(event: WheelEvent): boolean
}

/** A pointer that moved less did not mean to choose a part, px. */
const leastPx = 6

/** Drag moves, Shift and drag chooses a part, the wheel and two fingers zoom. @returns What ends it. */
export function listenToGestures(target: GestureTarget): () => void {
  const { element } = target
  /** Where each pointer was seen last, CSS pixels: times would move with the window. */
  const held = new Map<number, number>()
  let selecting: { readonly clientX: number; readonly time: number } | undefined
  const abort = new AbortController()
  const { signal } = abort

  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return
    element.setPointerCapture(event.pointerId)
    const start = { clientX: event.clientX, time: target.timeAt(event.clientX) }
    if (event.shiftKey && held.size === 0) selecting = start
    else held.set(event.pointerId, start.clientX)
  }
  const move = ({ pointerId, clientX }: PointerEvent): void => {
    if (selecting) return target.onSelecting({ from: selecting.time, to: target.timeAt(clientX) })
    const before = held.get(pointerId)
    if (before === undefined || before === clientX) return
    held.set(pointerId, clientX)
    const [other] = [...held].flatMap(([id, each]) => (id === pointerId ? [] : [each]))
    if (other === undefined) target.onPan((before - clientX) * target.msPerPx())
    else pinch(other, before, clientX)
  }
  const pinch = (other: number, before: number, now: number): void => {
    const [was, is] = [Math.abs(before - other), Math.abs(now - other)]
    if (was > leastPx && is > leastPx) target.onZoom(was / is, target.timeAt(other))
  }
  const up = (event: PointerEvent): void => {
    held.delete(event.pointerId)
    if (!selecting) return
    const { clientX, time } = selecting
    selecting = undefined
    target.onSelecting(undefined)
    if (event.type === 'pointerup' && Math.abs(event.clientX - clientX) >= leastPx) {
      target.onSelect({ from: time, to: target.timeAt(event.clientX) })
    }
  }
  const wheel = (event: WheelEvent): void => {
    if (!target.isWheelOurs(event)) return
    event.preventDefault()
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (isSideways) return target.onPan(event.deltaX * target.msPerPx())
    // A notch of a mouse is about 100, a trackpad tells little steps.
    target.onZoom(Math.exp(Math.max(-200, Math.min(200, event.deltaY)) / 400), target.timeAt(event.clientX))
  }
  element.addEventListener('pointerdown', down, { signal })
  element.addEventListener('pointermove', move, { signal })
  element.addEventListener('pointerup', up, { signal })
  element.addEventListener('pointercancel', up, { signal })
  element.addEventListener('wheel', wheel, { signal, passive: false })
  return () => abort.abort()
}
