import { memo, type ReactElement, type ReactNode } from 'react'

interface LogRowProps<Row> {
  readonly id: string
  readonly row: Row
  readonly draw: (row: Row) => ReactNode
}

function DrawnRow<Row>({ id, row, draw }: LogRowProps<Row>): ReactElement {
  return (
    <div className="mr-log-row" data-row={id} tabIndex={-1}>
      {draw(row)}
    </div>
  )
}

export const LogRow = memo(DrawnRow) as typeof DrawnRow
