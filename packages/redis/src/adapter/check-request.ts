import { MalformedMessage } from './malformed-message.ts'
import { areRooms, isEventPacket, isMembers, isServerEvent, isTarget, isText, type Members } from './shapes.ts'

/** By the number that the adapter gives them. */
const requests: readonly ((request: Members) => boolean)[] = [
  (sockets) => isAsked(sockets) && areRooms(sockets.rooms),
  (allRooms) => isAsked(allRooms),
  (join) => isOfOne(join, 'room') || (isTarget(join.opts) && areRooms(join.rooms)),
  (leave) => isOfOne(leave, 'room') || (isTarget(leave.opts) && areRooms(leave.rooms)),
  (disconnect) => isOfOne(disconnect) || isTarget(disconnect.opts),
  (fetch) => isAsked(fetch) && isTarget(fetch.opts),
  ({ uid, requestId, data }) =>
    (uid === undefined || isText(uid)) && (requestId === undefined || isText(requestId)) && isServerEvent(data),
  (broadcast) => isAsked(broadcast) && isEventPacket(broadcast.packet) && isTarget(broadcast.opts),
]

/** What one node asks of all. @throws MalformedMessage */
export function checkRequest(value: unknown): void {
  const isRequest = isMembers(value) && typeof value.type === 'number' ? requests[value.type] : undefined
  if (isRequest?.(value as Members) !== true) throw new MalformedMessage('is no request')
}

/** Somebody waits for the answer. */
function isAsked({ uid, requestId }: Members): boolean {
  return isText(uid) && isText(requestId)
}

/** Of one socket, as older versions ask. */
function isOfOne(request: Members, member?: string): boolean {
  const isComplete = isText(request.sid) && (member === undefined || isText(request[member]))
  return request.opts === undefined && isComplete
}
