import type { Server } from '@millrace/server'
import type { Payload } from '../payload.ts'
import type { User } from '../users.ts'
import { benchContract } from './millrace-contract.ts'
import { roomKind } from './room-kind.ts'

/** Publishes to rooms by their names. */
export function createRoomPublisher(server: Server<User>): (room: string, payload: Payload) => void {
  const publishers = new Map<string, (payload: Payload) => void>()
  return (room, payload) => {
    let publish = publishers.get(room)
    if (publish === undefined) publishers.set(room, (publish = publisherOf(server, room)))
    publish(payload)
  }
}

function publisherOf(server: Server<User>, id: string): (payload: Payload) => void {
  const kind = roomKind(id)
  if (kind === 'board' || kind === 'charts') throw new Error(`${id} takes no messages; publish to another room`)
  const room = server.room(benchContract, kind, { id })
  return (payload) => void room.publish('message', payload)
}
