/** Stops this worker: nothing is read, no timer runs, no ping is answered. Not on a page's own thread. */
export function block(durationMs: number): void {
  const cell = sharedCell()
  if (cell) return void Atomics.wait(cell, 0, 0, durationMs)
  const until = performance.now() + durationMs
  while (performance.now() < until);
}

/** Pages without cross-origin isolation have no SharedArrayBuffer of their own, but WebAssembly makes one in most browsers. */
function sharedCell(): Int32Array | undefined {
  try {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
    return new Int32Array(buffer)
  } catch {
    return undefined
  }
}
