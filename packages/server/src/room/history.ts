import { fail, parsePosition, type WireEntry, type WireHistoryPage } from '@millrace/contract'
import { untilTaken } from '../connection/backlog.ts'
import { isRecord } from '../pipeline/wire-input.ts'
import type { Entry } from '../ports/event-log.ts'
import { endOfFrame, frameOverheadBytes } from './in-frames.ts'
import type { Member } from './member.ts'

const maxEntries = 500
/** However much a connection may hold. */
const maxPageBytes = 256 * 1024

/**
 * `~history`: a page of the room's log next to a position, once the connection takes it.
 *
 * @throws MillraceError `INVALID_INPUT` for a malformed argument.
 */
export async function readHistory({ room, peer }: Member, argument: unknown): Promise<WireHistoryPage> {
  if (!isRecord(argument)) throw fail('INVALID_INPUT', '~history takes { room, direction, position?, limit }')
  const { direction, limit } = argument
  if (direction !== 'before' && direction !== 'after')
    throw fail('INVALID_INPUT', 'direction is before or after', { path: 'direction' })
  if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > maxEntries) {
    throw fail('INVALID_INPUT', `limit is 1 to ${maxEntries}`, { path: 'limit' })
  }
  const position = argument.position === undefined ? null : parsePosition(argument.position)
  if (position === undefined) throw fail('INVALID_INPUT', 'a position is { epoch, offset, id }', { path: 'position' })
  await untilTaken(room.node, peer)
  const { store, limits } = room.node
  const maxBytes = Math.min(limits.maxBufferedBytes, maxPageBytes)
  const page = await store.log.read(room.key, { direction, position, limit: limit as number, maxBytes })
  if (page.kind === 'gap') {
    return {
      epoch: page.top.epoch,
      from: page.top.offset,
      prev: page.top.id,
      entries: [],
      more: false,
      gap: page.reason,
    }
  }
  const nearest = direction === 'before' ? [...page.entries].reverse() : [...page.entries]
  const entries = nearest.slice(0, endOfFrame(nearest, 0, maxBytes, frameOverheadBytes))
  if (direction === 'before') entries.reverse()
  const first = entries[0]
  return {
    epoch: page.top.epoch,
    from: first?.offset ?? page.top.offset + 1,
    prev: first?.prev ?? page.top.id,
    entries: entries.map(toWireEntry),
    more: page.more || entries.length < page.entries.length,
  }
}

function toWireEntry(entry: Entry): WireEntry {
  const payload: unknown = typeof entry.payload === 'string' ? JSON.parse(entry.payload) : entry.payload
  return [entry.id, entry.name, payload, entry.at, entry.from, entry.key]
}
