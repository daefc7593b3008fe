import { roomKind } from '../contenders/room-kind.ts'

/** Rooms have numbers, since a publish is asked for by one byte. */
export function roomName(index: number): string {
  return index === volatileRoom ? volatileName : `room-${index}`
}

/** Its events are volatile, those of every other room durable. */
export const volatileRoom = 255

const volatileName = 'volatile'

export function isVolatile(room: string): boolean {
  return roomKind(room) === 'live'
}
