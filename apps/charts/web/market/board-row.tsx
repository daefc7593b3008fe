import { memo, useEffect, useRef, type ReactElement } from 'react'
import type { Listing } from '../../market/symbols.ts'
import type { BoardRows } from './board-rows.ts'

interface BoardRowProps {
  readonly listing: Listing
  readonly rows: BoardRows
  readonly id: string
  /** Where it stands, from 0, of so many. */
  readonly index: number
  readonly count: number
  readonly isChosen: boolean
  readonly onChoose: (symbol: string) => void
}

/** One symbol; React never hears of its prices. */
export const BoardRow = memo(function BoardRow(props: BoardRowProps): ReactElement {
  const { listing, rows, id, index, count, isChosen, onChoose } = props
  const { symbol, name } = listing
  const price = useRef<HTMLSpanElement>(null)
  const change = useRef<HTMLSpanElement>(null)
  const spark = useRef<HTMLCanvasElement>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!price.current || !change.current || !spark.current) return
    return rows.add(symbol, { price: price.current, change: change.current, spark: spark.current })
  }, [rows, symbol])
  useEffect(() => {
    place.current?.style.setProperty('--row', String(index))
  }, [index])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus, jsx-a11y/control-has-associated-label -- the list has focus and keys; its texts are its name
    <div
      ref={place}
      id={id}
      className="board-row"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- of a listbox that is none of the browser's
      role="option"
      aria-selected={isChosen}
      aria-posinset={index + 1}
      aria-setsize={count}
      onClick={() => onChoose(symbol)}
    >
      <span className="board-name">
        <strong>{symbol}</strong> <span>{name}</span>
      </span>
      <canvas ref={spark} className="board-spark" aria-hidden="true" />
      <span className="board-numbers">
        <span ref={price} className="board-price" />
        <span ref={change} className="board-change" />
      </span>
    </div>
  )
})
