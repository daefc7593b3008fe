import type { Position, WireEntry, WireFrame } from '@millrace/contract'

export type LogFrame = Exclude<WireFrame, { kind: 'volatile' }>

export interface NewEntry {
  readonly position: Position
  readonly entry: NonNullable<WireEntry>
}

/**
 * What a frame brings to one who stands at `at`; what was seen is dropped only where an id proves that it is the same.
 *
 * @returns The entries to deliver, after which the receiver stands at the frame's end; nothing where all of it was seen.
 *   Undefined where it does not continue the position: something was lost, or the history is another one.
 */
export function acceptFrame(at: Position, frame: LogFrame): readonly NewEntry[] | undefined {
  const { epoch, from, to } = frame
  if (epoch !== at.epoch || from > at.offset + 1) return undefined
  if (to < at.offset) return []
  const entries = frame.kind === 'full' ? frame.entries : []
  const known = to === at.offset ? frame.id : from > at.offset ? frame.prev : entries[at.offset - from]?.[0]
  if (known !== at.id) return undefined
  return entries.flatMap((entry, index) => {
    const offset = from + index
    return entry && offset > at.offset ? [{ position: { epoch, offset, id: entry[0] }, entry }] : []
  })
}
