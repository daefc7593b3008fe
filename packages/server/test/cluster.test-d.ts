import { defineContract, event } from '@millrace/contract'
import { createPublisher, memory, type Server, type SingletonHandle, type TypedRoomHandle } from '@millrace/server'
import { z } from 'zod'
import { check, type Same } from './type-checks.ts'
import { contract, type Desk, type User } from './typed-lab.ts'

const other = defineContract({ namespace: '/other', events: { ping: event(z.number()) } })
const stranger = defineContract({ namespace: '/stranger', events: { pong: event(z.string()) } })

// [PUB6] rooms, users and payloads of the contracts that were given
export async function publish(): Promise<void> {
  const publisher = await createPublisher({ contracts: [contract, other], store: memory() })
  const desk = publisher.room(contract, 'desk', { id: '7' })
  check<Same<typeof desk, TypedRoomHandle<Desk>>>()
  await desk.publish('note', { text: '' }, { key: 'k' })
  await publisher.user(contract, 'ann').emit('notice', { text: '' })
  await publisher.user(other, 'ann').emit('ping', 7)
  // @ts-expect-error a payload of another type
  await desk.publish('note', { text: 7 })
  // @ts-expect-error an event that nobody declared
  await desk.publish('nothing', { text: '' })
  // @ts-expect-error a room that nobody declared
  publisher.room(contract, 'attic', {})
  // @ts-expect-error no parameters
  publisher.room(contract, 'desk', {})
  // @ts-expect-error a contract without rooms
  publisher.room(other, 'desk', { id: '7' })
  // @ts-expect-error an event of another contract
  await publisher.user(other, 'ann').emit('notice', { text: '' })
  // @ts-expect-error a contract that was not given
  publisher.user(stranger, 'ann')
  // @ts-expect-error a user has an id that is text
  await publisher.revoke(7)
  // @ts-expect-error a publisher has a store
  await createPublisher({ contracts: [contract] })
}

// [SNG18, REV15] of a server, before and after it listens
export async function run(server: Server<User>): Promise<void> {
  const handle = server.singleton('market', async ({ signal, isHeld }) => {
    check<Same<typeof signal, AbortSignal>>()
    check<Same<ReturnType<typeof isHeld>, boolean>>()
  })
  check<Same<typeof handle, SingletonHandle>>()
  // @ts-expect-error a singleton has a name
  server.singleton(() => undefined)
  await handle.stop()
  await server.revoke('ann')
  // @ts-expect-error a user has an id that is text
  await server.revoke({ id: 'ann' })
}
