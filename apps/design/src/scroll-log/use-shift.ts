import { useLayoutEffect, useState } from 'react'
import { rowsInFront } from './rows-in-front.ts'

/** What of the rows is drawn in this step. */
export interface ShownRows<Row> {
  readonly all: readonly Row[]
  readonly rows: readonly Row[]
  readonly ids: readonly string[]
  /** Rows came or went at the start. */
  readonly isShifted: boolean
}

/**
 * The list keeps its place by counting from the end while rows come in front, and from the start while they come at the
 * end. Where both happened at once, the rows at the end are drawn in a second step, before anything is painted.
 */
export function useShift<Row>(all: readonly Row[], idOf: (row: Row) => string): ShownRows<Row> {
  const [kept, setKept] = useState(() => whole(all, idOf))
  let shown = kept
  if (kept.all !== all) {
    shown = nextShown(kept, all, idOf)
    setKept(shown)
  }
  useLayoutEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the second step has to be a commit of its own
    if (shown.rows.length < all.length) setKept(whole(all, idOf))
  }, [shown, all, idOf])
  return shown
}

function whole<Row>(all: readonly Row[], idOf: (row: Row) => string): ShownRows<Row> {
  return { all, rows: all, ids: all.map(idOf), isShifted: false }
}

export function nextShown<Row>(
  before: ShownRows<Row>,
  all: readonly Row[],
  idOf: (row: Row) => string,
): ShownRows<Row> {
  const ids = all.map(idOf)
  const inFront = rowsInFront(before.ids, ids)
  if (inFront === 0) return { all, rows: all, ids, isShifted: false }
  const count = before.ids.length + inFront
  return { all, rows: all.slice(0, count), ids: ids.slice(0, count), isShifted: true }
}
