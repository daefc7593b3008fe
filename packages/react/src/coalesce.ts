/** Many calls in one turn become one call, a microtask later: a frame of a hundred events is one rendering. */
export function coalesce(run: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    queueMicrotask(() => {
      isDue = false
      run()
    })
  }
}
