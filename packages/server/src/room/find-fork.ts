import type { Position } from '@millrace/contract'
import type { Entry, EventLog } from '../ports/event-log.ts'

/**
 * The last of `entries`, in ascending order, that the log still holds with the same id. What two histories have in
 * common is a prefix, so it is found by halving.
 */
export async function findFork(log: EventLog, room: string, entries: readonly Entry[]): Promise<Position | undefined> {
  let known = -1
  let lost = entries.length
  while (lost - known > 1) {
    const middle = (known + lost) >> 1
    const { epoch, offset, id } = entries[middle]!
    const answer = await log.read(room, { direction: 'after', position: { epoch, offset, id }, limit: 1, maxBytes: 1 })
    if (answer.kind === 'page') known = middle
    else lost = middle
  }
  const fork = entries[known]
  if (fork) return { epoch: fork.epoch, offset: fork.offset, id: fork.id }
  const first = entries[0]
  if (first === undefined) return undefined
  const before: Position = { epoch: first.epoch, offset: first.offset - 1, id: first.prev }
  const answer = await log.read(room, { direction: 'after', position: before, limit: 1, maxBytes: 1 })
  return answer.kind === 'page' ? before : undefined
}
