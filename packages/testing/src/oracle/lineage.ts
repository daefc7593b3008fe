import type { Position } from '@millrace/contract'
import type { Evidence } from './evidence.ts'
import { isEvent, type Session } from './session.ts'

/** The one history that is left at the end, as far as the lines tell. */
export interface Lineage {
  readonly top: Position | undefined
  /** The position just before the oldest retained entry. */
  readonly floor: Position | undefined
  /** The id before the entry of this id: what the log says, or else whom it first reached. */
  prevOf(id: string): string | undefined
  /** Whether the position is part of that history. Undefined: it was trimmed, and nobody saw what stood there. */
  has(position: Position): boolean | undefined
}

export function readLineage(evidence: Evidence, sessions: readonly Session[]): Lineage {
  const top = evidence.of('top').at(-1)?.record.position
  const stored = evidence.of('stored').map((line) => line.record)
  const first = stored[0]
  const floor = first ? { epoch: first.position.epoch, offset: first.position.offset - 1, id: first.prev } : top
  const prevs = new Map<string, string>(stored.map(({ position, prev }) => [position.id, prev]))
  for (const session of sessions) addNeighbours(session, prevs)
  const ids = idsByOffset(top, prevs)
  return {
    top,
    floor,
    prevOf: (id) => prevs.get(id),
    has(position) {
      if (!top || position.epoch !== top.epoch || position.offset > top.offset)
        return top === undefined ? undefined : false
      if (position.offset === 0) return true
      const id = ids.get(position.offset)
      return id === undefined ? undefined : id === position.id
    },
  }
}

/** Two events that one member got one after the other are neighbours in the log, unless somebody else says otherwise. */
function addNeighbours({ received }: Session, prevs: Map<string, string>): void {
  for (const [index, line] of received.entries()) {
    const before = received[index - 1]
    if (!isEvent(line)) continue
    const { position } = line.record
    if (prevs.has(position.id)) continue
    if (position.offset === 1) prevs.set(position.id, '')
    else if (before && isEvent(before) && isNext(before.record.position, position))
      prevs.set(position.id, before.record.position.id)
  }
}

function isNext(before: Position, position: Position): boolean {
  return before.epoch === position.epoch && before.offset + 1 === position.offset
}

/** From the top back, as far as the neighbours are known. */
function idsByOffset(top: Position | undefined, prevs: ReadonlyMap<string, string>): ReadonlyMap<number, string> {
  const ids = new Map<number, string>()
  let id = top?.id
  for (let offset = top?.offset ?? 0; offset > 0 && id !== undefined && id !== ''; offset--) {
    ids.set(offset, id)
    id = prevs.get(id)
  }
  return ids
}
