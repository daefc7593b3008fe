/** What moves by itself is drawn together, and not more often than eyes need, ms: two frames of most screens. */
const calmMs = 30

const now = new Set<() => void>()
const calm = new Set<() => void>()
let scheduled = false
let calmAt = -Infinity

/** Calls it once in the next frame, however often it is asked for until then. Nothing is asked for: no frame. */
export function requestPaint(paint: () => void): void {
  now.add(paint)
  schedule()
}

/** The same for what nobody did: it may wait for a frame, so that all of it is drawn in the same ones. */
export function requestCalmPaint(paint: () => void): void {
  calm.add(paint)
  schedule()
}

export function cancelPaint(paint: () => void): void {
  now.delete(paint)
  calm.delete(paint)
}

function schedule(): void {
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(flush)
}

function flush(at: number): void {
  scheduled = false
  const paints = new Set(now)
  now.clear()
  if (at - calmAt >= calmMs) {
    calmAt = at
    for (const paint of calm) paints.add(paint)
    calm.clear()
  }
  for (const paint of paints) paint()
  if (calm.size > 0) schedule()
}
