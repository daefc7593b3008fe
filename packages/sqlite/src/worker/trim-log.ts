import type { EntryTable } from './entry-table.ts'
import type { Room } from './room-table.ts'

export interface Trim {
  readonly maxEvents: number
  readonly maxBytes: number
  /** Entries of this wall time and older go, ms. */
  readonly expiredAt: number
}

/** Rows that are read at once. */
const chunk = 256

/** Deletes the oldest entries until the room keeps to its limits. Costs nothing where it does. */
export function trimLog(entries: EntryTable, room: Room, trim: Trim): boolean {
  const { oldest } = room
  if (oldest === undefined || !isOver(room, oldest, room.bytes, trim)) return false
  let lastDeleted = 0
  for (let rows = entries.oldest(room, chunk); rows.length > 0; rows = entries.oldest(room, chunk)) {
    const firstKept = rows.findIndex((row) => {
      if (!isOver(room, row, room.bytes, trim)) return true
      room.bytes -= row.bytes
      lastDeleted = row.offset
      return false
    })
    entries.deleteThrough(room, lastDeleted)
    const kept = rows[firstKept]
    room.oldest = kept && { offset: kept.offset, at: kept.at, prev: kept.prev }
    if (kept !== undefined) break
  }
  return true
}

function isOver(
  { top }: Room,
  oldest: { readonly offset: number; readonly at: number },
  bytes: number,
  trim: Trim,
): boolean {
  return top - oldest.offset + 1 > trim.maxEvents || bytes > trim.maxBytes || oldest.at <= trim.expiredAt
}
