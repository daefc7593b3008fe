import type { Position, WireEntry, WireFrame } from '@millrace/contract'

export type LogFrame = Exclude<WireFrame, { kind: 'volatile' }>

export interface NewEntry {
  readonly position: Position
  readonly entry: NonNullable<WireEntry>
}

/**
 * - `next`: move to `position` and deliver `entries`.
 * - `seen`: nothing in it is new.
 * - `broken`: it does not continue the position; something was lost, or the history is another one.
 */
export type FrameStep =
  | { readonly kind: 'next'; readonly position: Position; readonly entries: readonly NewEntry[] }
  | { readonly kind: 'seen' }
  | { readonly kind: 'broken' }

const broken: FrameStep = { kind: 'broken' }

/** What a frame brings to one who stands at `at`. What was seen is dropped only where an id proves that it is the same. */
export function acceptFrame(at: Position, frame: LogFrame): FrameStep {
  if (frame.epoch !== at.epoch || frame.from > at.offset + 1) return broken
  if (frame.to < at.offset) return { kind: 'seen' }
  if (frame.to === at.offset) return frame.id === at.id ? { kind: 'seen' } : broken
  const isNext = frame.from === at.offset + 1
  const entries = frame.kind === 'full' ? frame.entries : []
  const knownId = isNext ? frame.prev : entries[at.offset - frame.from]?.[0]
  if (knownId !== at.id) return broken
  const position = { epoch: frame.epoch, offset: frame.to, id: frame.id }
  return { kind: 'next', position, entries: newEntries(frame, entries, at.offset) }
}

function newEntries(frame: LogFrame, entries: readonly WireEntry[], after: number): readonly NewEntry[] {
  return entries.flatMap((entry, index) => {
    const offset = frame.from + index
    return entry && offset > after ? [{ position: { epoch: frame.epoch, offset, id: entry[0] }, entry }] : []
  })
}
