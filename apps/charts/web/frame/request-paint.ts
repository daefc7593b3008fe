const waiting = new Set<() => void>()
let scheduled = false

/** Calls it once in the next frame, however often it is asked for until then. Nothing is asked for: no frame. */
export function requestPaint(paint: () => void): void {
  waiting.add(paint)
  if (scheduled) return
  scheduled = true
  requestAnimationFrame(flush)
}

export function cancelPaint(paint: () => void): void {
  waiting.delete(paint)
}

function flush(): void {
  scheduled = false
  const paints = [...waiting]
  waiting.clear()
  for (const paint of paints) paint()
}
