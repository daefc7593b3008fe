import { useState } from 'react'

/** How many rows came after the one that was the last when the reader left the end. */
export function useNewCount<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  isAtEnd: boolean,
  isCounted: (row: Row) => boolean = () => true,
): number {
  const last = rows.at(-1)
  const lastId = last === undefined ? undefined : idOf(last)
  const [seenId, setSeenId] = useState(lastId)
  if (isAtEnd && seenId !== lastId) setSeenId(lastId)
  if (isAtEnd) return 0
  return rows.slice(rows.findLastIndex((row) => idOf(row) === seenId) + 1).filter(isCounted).length
}
