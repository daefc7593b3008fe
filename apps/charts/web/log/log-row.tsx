import type { ReactElement } from 'react'
import { colourOf } from '../plot/palette.ts'
import { exactTime } from '../time/time-text.ts'
import type { LogLine } from './log-lines.ts'

interface LogRowProps {
  readonly line: LogLine
  readonly names: readonly string[]
}

export function LogRow({ line: { at, level, node, text, count }, names }: LogRowProps): ReactElement {
  return (
    <p className="log-line" data-level={level}>
      <time dateTime={new Date(at).toISOString()}>{exactTime(at)}</time>
      <span className="log-level">{level}</span>
      <span className="log-node" data-colour={colourOf(node, names)}>
        {node}
      </span>
      <span className="log-text" dir="auto">
        {text}
        {count > 1 && <span className="log-times"> ({count} times)</span>}
      </span>
    </p>
  )
}
