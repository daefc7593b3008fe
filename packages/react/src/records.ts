import { RoomRecord } from './room-record.ts'
import type { RoomAddress, UntypedRoom } from './untyped-room.ts'

const records = new WeakMap<object, RoomRecord>()

/** The record of a room: one per room of a client. Making it joins nothing. */
export function recordOf(room: object): RoomRecord {
  const record = records.get(room) ?? new RoomRecord(room as UntypedRoom)
  records.set(room, record)
  return record
}

/** Of how many rooms that nobody shows the newest state is kept, per contract of a client: what one goes back to. */
const maxLeft = 20

const left = new WeakMap<RoomAddress['namespace'], Set<RoomRecord>>()

/** Notes that nobody shows a room any more; the one that was left longest ago is forgotten. */
export function noteLeft({ namespace }: RoomAddress, record: RoomRecord): void {
  const rooms = left.get(namespace) ?? new Set()
  left.set(namespace, rooms)
  rooms.delete(record)
  rooms.add(record)
  const [oldest] = rooms
  if (!oldest || rooms.size <= maxLeft) return
  rooms.delete(oldest)
  if (!oldest.isHeld) oldest.forget()
}
