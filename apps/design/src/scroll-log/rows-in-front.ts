/**
 * How many rows more stand before those that were there. It goes by the last of the old rows that is still there, so a
 * row at the start that changed with the page before it, as a day's heading does, counts right.
 */
export function rowsInFront(before: readonly string[], after: readonly string[]): number {
  // Most often the last of them still is, near the end of all.
  const place = after.lastIndexOf(before.at(-1) ?? '')
  if (place !== -1) return place - before.length + 1
  const places = new Map(after.map((id, index) => [id, index]))
  for (let index = before.length - 1; index >= 0; index--) {
    const place = places.get(before[index] ?? '')
    if (place !== undefined) return place - index
  }
  return 0
}
