import { Avatar, Button, EmptyState, IconButton, RichText, ScrollLog, Time } from '@millrace/app-design'
import { useCallback, useState, type ReactElement } from 'react'
import { makeRow, makeRows, type DemoRow } from './log-rows.ts'

const pageSize = 50
const idOf = (row: DemoRow): string => row.id
const draw = (row: DemoRow): ReactElement => (
  <article className="message" data-n={row.n}>
    <Avatar id={row.author} name={row.author} />
    <div className="message-body">
      <p className="message-head">
        <strong>{row.author}</strong> <Time at={row.at} />
      </p>
      <RichText text={row.text} />
    </div>
    <IconButton icon="reply" size="small" label={`Reply to ${row.n}`} />
  </article>
)

/** `n` counts from 1 for the rows that are there; older ones, down to -199, arrive in pages. */
export function LogPage(): ReactElement {
  const [rows, setRows] = useState(() => makeRows(1, 100))
  const [isLoading, setLoading] = useState(false)
  const first = rows[0]?.n ?? 1
  const last = rows.at(-1)?.n ?? 0
  const withOlder = useCallback(
    (all: readonly DemoRow[]) => [...makeRows((all[0]?.n ?? 1) - pageSize, (all[0]?.n ?? 1) - 1), ...all],
    [],
  )

  function loadOlder(): void {
    setLoading(true)
    setTimeout(() => {
      setRows(withOlder)
      setLoading(false)
    }, 200)
  }

  const add = (isOwn: boolean): void => setRows((all) => [...all, makeRow((all.at(-1)?.n ?? 0) + 1, isOwn)])
  return (
    <div className="log-page">
      <div className="log-tools">
        <Button size="small" onClick={() => add(false)}>
          Add one
        </Button>
        <Button size="small" onClick={() => add(true)}>
          Add my own
        </Button>
        <Button size="small" onClick={() => setRows((all) => [...withOlder(all), makeRow((all.at(-1)?.n ?? 0) + 1)])}>
          Older and newer at once
        </Button>
        <Button size="small" onClick={() => setRows(makeRows(1, 10_000))}>
          Ten thousand
        </Button>
        <Button size="small" onClick={() => setRows(makeRows(1, 3))}>
          Three
        </Button>
        <Button size="small" onClick={() => setRows([])}>
          None
        </Button>
        <Button
          size="small"
          onClick={() =>
            setRows((all) => all.map((row) => (row.n === last ? { ...row, text: `${row.text}\n`.repeat(8) } : row)))
          }
        >
          Let the last one grow
        </Button>
      </div>
      <ScrollLog
        label="Messages in General"
        rows={rows}
        idOf={idOf}
        hasOlder={rows.length > 3 && first > -199 && last < 10_000}
        isLoadingOlder={isLoading}
        onReachStart={loadOlder}
        isFollowed={isOwnRow}
        empty={<EmptyState icon="message" title="No messages yet" />}
      >
        {draw}
      </ScrollLog>
    </div>
  )
}

const isOwnRow = (row: DemoRow): boolean => row.isOwn
