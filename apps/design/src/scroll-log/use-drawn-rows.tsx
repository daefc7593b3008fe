import { useCallback, useMemo, type ReactElement, type ReactNode } from 'react'
import { LogRow } from './log-row.tsx'

interface Drawn<Row> {
  readonly row: Row
  readonly before: Row | undefined
  readonly element: ReactElement
}

/**
 * Gives the same element for a row until it or the one before it changes: the list asks for every row in the page again
 * at each scroll, and passes over those that stayed the same.
 */
export function useDrawnRows<Row>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  draw: (row: Row, before: Row | undefined) => ReactNode,
): (row: Row, index: number) => ReactElement {
  // oxlint-disable-next-line react/exhaustive-deps -- what another function drew is of no use
  const known = useMemo(() => new Map<string, Drawn<Row>>(), [idOf, draw])
  return useCallback(
    (row, index) => {
      const id = idOf(row)
      const before = rows[index - 1]
      const old = known.get(id)
      if (old && old.row === row && old.before === before) return old.element
      const element = <LogRow key={id} id={id} row={row} before={before} draw={draw} />
      known.set(id, { row, before, element })
      return element
    },
    [rows, idOf, draw, known],
  )
}
