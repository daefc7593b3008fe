import type { Position } from '@millrace/contract'
import type { Entry, EventLog } from '../ports/event-log.ts'

/** What a log that went back did to what a node had of it. */
export interface Rewind {
  /** The last entry that the node and the log have in common. */
  readonly fork: Position
  /** Ids of what the node had after it, in order. */
  readonly lost: readonly string[]
}

/**
 * The fork is the last of `entries`, in ascending order, that the log still holds with the same id, or trimmed before the first
 * that it does not. What two histories have in common is a prefix, so it is found by halving.
 */
export async function findRewind(log: EventLog, room: string, entries: readonly Entry[]): Promise<Rewind | undefined> {
  const [first] = entries
  if (first === undefined) return undefined
  let known = -1
  let lost = entries.length
  while (lost - known > 1) {
    const middle = (known + lost) >> 1
    const { epoch, offset, id } = entries[middle]!
    if (await wasCommon(log, room, { epoch, offset, id })) known = middle
    else lost = middle
  }
  const last = entries[known]
  const fork: Position = last
    ? { epoch: last.epoch, offset: last.offset, id: last.id }
    : { epoch: first.epoch, offset: first.offset - 1, id: first.prev }
  if (!last && !(await wasCommon(log, room, fork))) return undefined
  return { fork, lost: entries.slice(lost).map(({ id }) => id) }
}

/** Where the histories of `position` and of the log part; undefined where the rewind did not take back that position. */
export function forkOf({ fork, lost }: Rewind, position: Position): Position | undefined {
  const wasLost = position.epoch === fork.epoch && lost[position.offset - fork.offset - 1] === position.id
  return wasLost ? fork : undefined
}

async function wasCommon(log: EventLog, room: string, position: Position): Promise<boolean> {
  const answer = await log.read(room, { direction: 'after', position, limit: 1, maxBytes: 1 })
  return answer.kind === 'page' || answer.reason === 'trimmed'
}
