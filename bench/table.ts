import type { Row } from './row.ts'

const headings = ['scenario', 'case', 'contender', 'metric', 'median', 'min', 'max', 'unit', 'ratio']
const firstNumber = 4

/** The rows as aligned text. */
export function table(rows: readonly Row[]): string {
  const lines = [headings, ...rows.map(cells)]
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column < firstNumber || headings[column] === 'unit'
            ? cell.padEnd(widths[column] ?? 0)
            : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cells(row: Row): string[] {
  const ratio = row.ratio === null ? '' : row.ratio.toFixed(3)
  return [
    row.scenario,
    row.case,
    row.contender,
    row.metric,
    number(row.median),
    number(row.min),
    number(row.max),
    row.unit,
    ratio,
  ]
}

/** Numbers above a thousand without a fraction, others with two digits of it. */
export function number(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
}
