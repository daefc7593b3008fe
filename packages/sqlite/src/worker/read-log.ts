import type { GapReason, Position } from '@millrace/contract'
import type { LogGap, LogPage, LogQuery } from '@millrace/server'
import type { EntryTable } from './entry-table.ts'
import { floorOf, topOf, type Room } from './room-table.ts'

export function readLog(entries: EntryTable, room: Room, query: LogQuery): LogPage | LogGap {
  const { position, direction, limit, maxBytes } = query
  const top = topOf(room)
  const reason = position === null ? undefined : faultOf(entries, room, position)
  if (reason !== undefined) return { kind: 'gap', reason, floor: floorOf(room), top }
  // One more than asked for tells whether there is more. Sizes first, so that only the page's payloads are read.
  const sizes =
    direction === 'after'
      ? entries.sizesAfter(room, position?.offset ?? 0, limit + 1)
      : entries.sizesBefore(room, position?.offset ?? room.top + 1, limit + 1)
  let count = 0
  for (let bytes = 0; count < sizes.length && count < limit && (count === 0 || bytes < maxBytes); count++)
    bytes += sizes[count]?.bytes ?? 0
  const ends = [sizes[0]?.offset ?? 0, sizes[count - 1]?.offset ?? 0]
  const page = count === 0 ? [] : entries.range(room, Math.min(...ends), Math.max(...ends))
  return { kind: 'page', entries: page, top, more: count < sizes.length }
}

/** Why `position` is not part of the room's history; undefined where it is. */
export function faultOf(entries: EntryTable, room: Room, { epoch, offset, id }: Position): GapReason | undefined {
  if (epoch !== room.epoch) return 'epoch'
  if (offset > room.top) return 'rewound'
  const floor = floorOf(room)
  if (offset < floor.offset) return 'trimmed'
  const known = offset === floor.offset ? floor.id : entries.idAt(room, offset)
  return known === id ? undefined : 'rewound'
}
