import { Field } from '@millrace/app-design'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useFeed } from '../view/use-feed.ts'
import { BoardRow } from './board-row.tsx'
import { BoardRows } from './board-rows.ts'
import { boardOrders, type BoardOrder } from './board-order.ts'
import { SimulationBadge } from './simulation-badge.tsx'
import { useBoardOrder } from './use-board-order.ts'
import type { UsedMarket } from './use-market.ts'
import { useVisibleRows } from './use-visible-rows.ts'

interface MarketBoardProps extends UsedMarket {
  readonly chosen: string | undefined
  readonly onChoose: (symbol: string) => void
}

/** As in style/board.css. */
const rowPx = 48
/** Sparklines show the last quarter of an hour, a column per pixel and a half. */
const sparkMs = 900_000
const sparkColumns = 48
/** Rows that are scrolled past need no sparkline, ms. */
const settledMs = 200

/** All symbols with their newest prices, of which only those in view are in the page. */
export function MarketBoard({ joined, book, series, chosen, onChoose }: MarketBoardProps): ReactElement {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [find, setFind] = useState('')
  const [order, setOrder] = useState<BoardOrder>('symbol')
  const shown = useBoardOrder(book, find, order)
  const visible = useVisibleRows(scroller, rowPx, shown.length)
  const drawn = shown.slice(visible.first, visible.end)
  const rows = useMemo(() => new BoardRows(book), [book])
  useEffect(() => rows.open(), [rows])

  const text = drawn.map(({ symbol }) => symbol).join(' ')
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settledMs)
    return () => clearTimeout(timer)
  }, [text])
  const query = useMemo(
    () => (settled === '' ? undefined : { keys: settled.split(' '), last: sparkMs, widthPx: sparkColumns, fps: 1 }),
    [settled],
  )
  const feed = useFeed(series, query)
  useEffect(() => feed && rows.follow(feed), [rows, feed])

  const index = shown.findIndex(({ symbol }) => symbol === chosen)
  function onKeyDown(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 1)
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
    const step = steps[event.key] ?? (event.key === 'Home' ? -Infinity : event.key === 'End' ? Infinity : 0)
    if (step === 0) return
    event.preventDefault()
    const next = Math.min(shown.length - 1, Math.max(0, index + step))
    const listing = shown[next]
    if (!listing) return
    onChoose(listing.symbol)
    const element = scroller.current
    if (!element) return
    if (next * rowPx < element.scrollTop) element.scrollTop = next * rowPx
    element.scrollTop = Math.max(element.scrollTop, (next + 1) * rowPx - element.clientHeight)
  }

  return (
    <div className="board">
      <div className="board-tools">
        <SimulationBadge room={joined.room} />
        <Field
          label="Search symbols"
          isLabelHidden
          placeholder="Search"
          type="search"
          icon="search"
          maxLength={40}
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
        <select
          className="mr-input"
          aria-label="Order"
          value={order}
          onChange={({ target }) => setOrder(boardOrders.find(({ name }) => name === target.value)?.name ?? 'symbol')}
        >
          {boardOrders.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div
        ref={scroller}
        className="board-scroll"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select has no columns and no canvas
        role="listbox"
        aria-label="Symbols"
        aria-activedescendant={index >= visible.first && index < visible.end ? `${id}${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className="board-space" ref={(place) => place?.style.setProperty('--rows', String(shown.length))}>
          {drawn.map((listing, place) => (
            <BoardRow
              key={listing.symbol}
              listing={listing}
              rows={rows}
              id={`${id}${listing.symbol}`}
              index={visible.first + place}
              count={shown.length}
              isChosen={listing.symbol === chosen}
              onChoose={onChoose}
            />
          ))}
        </div>
      </div>
      {shown.length === 0 && <p className="board-none">No symbol has “{find}” in it.</p>}
    </div>
  )
}
