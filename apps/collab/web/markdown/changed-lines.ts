/** What differs between two lists of lines: as many are the same at the start, and at the end. */
export interface ChangedLines {
  readonly start: number
  readonly end: number
}

export function changedLines(before: readonly string[], after: readonly string[]): ChangedLines {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start += 1
  let end = 0
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  return { start, end }
}
