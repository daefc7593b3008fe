import type { StatePosition } from '@millrace/contract'
import {
  createServer,
  implement,
  type Authenticated,
  type Server,
  type TypedConnectionHandle,
  type TypedRoomHandle,
} from '@millrace/server'
import { check, type Same } from './type-checks.ts'
import { contract, type Desk, type Lab, type User } from './typed-lab.ts'

// [PIP44] rooms, users and connections, from anywhere in the process
export async function use(server: Server<User>, connection: TypedConnectionHandle<Lab, User>): Promise<void> {
  const handle = server.room(contract, 'desk', { id: '7' })
  check<Same<typeof handle, TypedRoomHandle<Desk>>>()
  server.room(contract, 'hall', {})
  // @ts-expect-error a room that nobody declared
  server.room(contract, 'attic', {})
  // @ts-expect-error no parameters
  server.room(contract, 'desk', {})
  // @ts-expect-error parameters of another room
  server.room(contract, 'hall', { id: '7' })
  // @ts-expect-error an event that nobody declared
  await handle.publish('nothing', { text: '' })
  // @ts-expect-error a payload of another type
  await handle.publish('note', { text: 7 })
  // @ts-expect-error a misspelt option
  await handle.publish('note', { text: '' }, { keys: 'k' })
  // @ts-expect-error only latest events can be removed
  await handle.remove('note', 'k')
  await handle.remove('score', 'k')
  const latest = await handle.publish('score', { text: '' })
  check<Same<typeof latest.position, StatePosition>>()
  const volatile = await handle.publish('typing', { text: '' })
  // @ts-expect-error a volatile event has no position
  check<typeof volatile.position>()

  await server.user(contract, 'ann').emit('notice', { text: '' })
  await server.user(contract, 'ann').emit('file', new Uint8Array())
  // @ts-expect-error an event that nobody declared
  await server.user(contract, 'ann').emit('note', { text: '' })
  // @ts-expect-error a payload of another type
  await server.user(contract, 'ann').emit('file', 'text')
  // @ts-expect-error a user has an id that is text
  server.user(contract, 7)

  const answer = await connection.ask('confirm', 'sure?')
  check<Same<typeof answer, { on: Date }>>()
  // @ts-expect-error a question that nobody declared
  await connection.ask('plan', { on: '' })
  // @ts-expect-error an input of another type
  await connection.ask('confirm', 7)
  // @ts-expect-error a payload of another type
  await connection.emit('notice', {})
  const [first] = server.connections(contract)
  check<Same<typeof first, TypedConnectionHandle<Lab, User> | undefined>>()
}

// [PIP44] the user is that of authenticate
const implementation = implement<Lab, User>(contract, {
  requests: { plan: () => ({ text: '' }) },
  rooms: {
    desk: { authorize: () => true, snapshot: () => ({ text: '' }), requests: { act: () => 1 } },
    hall: { authorize: () => true },
  },
})
const ann: Authenticated<User> = { user: { id: 'ann', role: 'owner' } }
createServer<User>({ authenticate: () => ann }).mount(implementation)
// @ts-expect-error a user of another type
createServer<User>({ authenticate: () => ({ user: { id: 'ann', role: 'guest' } }) })
// @ts-expect-error a user has an id
createServer<User>({ authenticate: () => ({ user: { role: 'owner' } }) })
// @ts-expect-error this server knows users without a role
createServer<{ id: string }>({ authenticate: () => ({ user: { id: 'ann' } }) }).mount(implementation)
// @ts-expect-error a misspelt option
createServer({ orgins: 'any' })
// @ts-expect-error a misspelt limit
createServer({ limits: { maxConnection: 1 } })
