import { levels } from '../../contract.ts'
import type { LogLevel } from '../address/chart-address.ts'
import type { LogLine } from './log-lines.ts'

export interface LogFilter {
  readonly level: LogLevel
  readonly find: string
  /** Nodes whose lines are not shown. */
  readonly hidden: readonly string[]
}

/** The lines at or above the level that have the text somewhere, of the nodes that are shown. */
export function filterLines(lines: readonly LogLine[], { level, find, hidden }: LogFilter): readonly LogLine[] {
  const least = levels.indexOf(level)
  const text = find.trim().toLowerCase()
  return lines.filter(
    (line) =>
      levels.indexOf(line.level) >= least &&
      !hidden.includes(line.node) &&
      (text === '' || `${line.node} ${line.text}`.toLowerCase().includes(text)),
  )
}
