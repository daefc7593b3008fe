import { memo, type ReactElement, type ReactNode } from 'react'

interface LogRowProps<Row> {
  readonly id: string
  readonly row: Row
  readonly before: Row | undefined
  readonly draw: (row: Row, before: Row | undefined) => ReactNode
}

function DrawnRow<Row>({ id, row, before, draw }: LogRowProps<Row>): ReactElement {
  return (
    <div className="mr-log-row" data-row={id} tabIndex={-1}>
      {draw(row, before)}
    </div>
  )
}

export const LogRow = memo(DrawnRow) as typeof DrawnRow
