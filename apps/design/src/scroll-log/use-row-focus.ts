import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { End } from './use-end.ts'

const keys = ['ArrowUp', 'ArrowDown', 'Home', 'End']

export interface RowFocus {
  /** The row that has the focus or is about to have it stays in the page wherever the log is scrolled to. */
  readonly keptIndex: number
  readonly focusRow: (index: number) => void
  /** Call after sizes changed: a row that was not measured yet could not take the focus. */
  readonly settle: () => void
  /** Goes to the end, also where the list was about to bring a row into view. */
  readonly goToEnd: () => void
  readonly onFocus: (target: Element) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/**
 * Arrow up and down go from row to row; what is inside a row is reached with Tab from there. Home and End go to the ends,
 * also of rows that were never measured, where the browser's own would stop short.
 */
export function useRowFocus(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  ids: readonly string[],
  { stick, leave }: Pick<End, 'stick' | 'leave'>,
): RowFocus {
  const [keptId, setKeptId] = useState<string>()
  const wanted = useRef<string>(undefined)

  const settle = useCallback(() => {
    const id = wanted.current
    if (id === undefined) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
    row?.focus({ preventScroll: true })
    if (!row || document.activeElement !== row) return
    wanted.current = undefined
    row.scrollIntoView({ block: 'nearest' })
  }, [scroller])
  useLayoutEffect(settle, [settle, keptId])

  function focusRow(index: number): void {
    const id = ids[index]
    if (id === undefined) return
    wanted.current = id
    setKeptId(id)
    list.current?.scrollToIndex(index, { align: 'nearest' })
    settle()
  }

  function goToStart(): void {
    wanted.current = undefined
    leave()
    list.current?.scrollToIndex(0)
  }

  function goToEnd(): void {
    wanted.current = undefined
    // The list repeats its last scroll while rows are measured, until it is given another.
    list.current?.scrollToIndex(ids.length - 1, { align: 'end' })
    stick()
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')
    // Inside a row the keys belong to what has the focus there.
    const { current } = list
    if (!current || !keys.includes(event.key) || (row && event.target !== row)) return
    event.preventDefault()
    if (event.key === 'Home') return goToStart()
    if (event.key === 'End') return goToEnd()
    const at = row
      ? ids.indexOf(row.dataset.row ?? '')
      : current.findItemIndex(current.scrollOffset + current.viewportSize)
    const isFirstStep = !row && event.key === 'ArrowUp'
    focusRow(isFirstStep ? at : at + (event.key === 'ArrowUp' ? -1 : 1))
  }

  return {
    keptIndex: keptId === undefined ? -1 : ids.indexOf(keptId),
    focusRow,
    settle,
    goToEnd,
    onFocus: (target) => setKeptId(target.closest<HTMLElement>('[data-row]')?.dataset.row),
    onKeyDown,
  }
}
