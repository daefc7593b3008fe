import { MalformedMessage } from './malformed-message.ts'
import { areRooms, isMembers, isText, type Members } from './shapes.ts'

/** What a node answers. @throws MalformedMessage */
export function checkResponse(value: unknown): void {
  if (!isMembers(value) || !isText(value.requestId) || !isAnswer(value)) throw new MalformedMessage('is no response')
}

function isAnswer({ type, sockets, rooms, clientCount }: Members): boolean {
  if (type === 8) return Number.isSafeInteger(clientCount) && Number(clientCount) >= 0
  if (type !== undefined && type !== 6 && type !== 9) return false
  if (sockets !== undefined) return Array.isArray(sockets) && (sockets.every(isText) || sockets.every(isSocket))
  return rooms === undefined || areRooms(rooms)
}

function isSocket(value: unknown): boolean {
  return isMembers(value) && isText(value.id) && isMembers(value.handshake) && areRooms(value.rooms)
}
