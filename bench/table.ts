import type { Row } from './row.ts'

export const headings = ['scenario', 'case', 'contender', 'metric', 'median', 'min', 'max', 'unit', 'ratio']
const firstNumber = 4

/** The rows as aligned text. */
export function table(rows: readonly Row[]): string {
  const lines = [headings, ...rows.map((row) => cells(row))]
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

/** A row under `headings`. */
export function cells(row: Row, ratio = row.ratio === null ? '' : row.ratio.toFixed(3)): string[] {
  const { scenario, case: name, contender, metric, median, min, max, unit } = row
  return [scenario, name, contender, metric, number(median), number(min), number(max), unit, ratio]
}

/** Numbers above a thousand without a fraction, others with two digits of it. */
export function number(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
}
