import type { Position } from '@millrace/contract'
import type { Entry, EventLog } from '../ports/event-log.ts'

/**
 * The last of `entries`, in ascending order, that the log still holds with the same id, or trimmed before the first that it
 * does not. What two histories have in common is a prefix, so it is found by halving.
 */
export async function findFork(log: EventLog, room: string, entries: readonly Entry[]): Promise<Position | undefined> {
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
  const fork = entries[known]
  if (fork) return { epoch: fork.epoch, offset: fork.offset, id: fork.id }
  const before: Position = { epoch: first.epoch, offset: first.offset - 1, id: first.prev }
  return (await wasCommon(log, room, before)) ? before : undefined
}

async function wasCommon(log: EventLog, room: string, position: Position): Promise<boolean> {
  const answer = await log.read(room, { direction: 'after', position, limit: 1, maxBytes: 1 })
  return answer.kind === 'page' || answer.reason === 'trimmed'
}
