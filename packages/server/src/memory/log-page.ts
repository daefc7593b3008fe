import type { Entry, LogGap, LogPage, LogQuery } from '../ports/event-log.ts'
import type { LogRoom } from './log-room.ts'
import { payloadBytes } from '../payload-bytes.ts'

export function readLog(room: LogRoom, query: LogQuery): LogPage | LogGap {
  const { position } = query
  const { top, floor } = room
  const reason = position === null ? undefined : room.faultOf(position)
  if (reason !== undefined) return { kind: 'gap', reason, floor, top }
  const isAfter = query.direction === 'after'
  const stride = isAfter ? 1 : -1
  const start =
    position === null ? (isAfter ? 0 : room.entries.length - 1) : position.offset - floor.offset - (isAfter ? 0 : 2)
  const entries: Entry[] = []
  let bytes = 0
  let next = room.entries.at(start)
  while (next !== undefined && entries.length < query.limit && (entries.length === 0 || bytes < query.maxBytes)) {
    entries.push(next)
    bytes += payloadBytes(next.payload)
    next = room.entries.at(start + entries.length * stride)
  }
  if (!isAfter) entries.reverse()
  return { kind: 'page', entries, top, more: next !== undefined }
}
