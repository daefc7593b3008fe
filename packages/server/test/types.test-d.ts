import { bytes, defineContract, event, request, room, type Position, type StatePosition } from '@millrace/contract'
import { createServer, implement, type Authenticated, type Server, type TypedConnectionHandle, type TypedRoomHandle } from '@millrace/server'
import { z } from 'zod'
import { check, type IsAny, type Same } from '../../contract/test/type-checks.ts'

interface User {
  readonly id: string
  readonly role: 'member' | 'owner'
}

const note = z.object({ text: z.string() })
/** Input and output differ, so that a mix-up of the two does not compile. */
const date = z.object({ on: z.string().transform((text) => new Date(text)) })

const contract = defineContract({
  namespace: '/lab',
  requests: { plan: request({ input: date, output: note, errors: { SLOW_MODE: z.object({ seconds: z.number() }) } }) },
  questions: { confirm: request({ input: z.string(), output: date }) },
  events: { notice: event(note), file: event(bytes()) },
  rooms: {
    desk: room({
      params: z.object({ id: z.coerce.number() }),
      presence: { user: z.object({ name: z.string() }), state: note },
      snapshot: note,
      events: { note: event(note), score: event(note, { delivery: 'latest', key: 'text' }), typing: event(note, { delivery: 'volatile' }) },
      requests: { act: request({ input: note, output: z.number() }) },
    }),
    hall: room({ events: { note: event(note) } }),
  },
})
type Lab = typeof contract
type Desk = Lab['rooms']['desk']

const plan = () => ({ text: '' })
const act = () => 1
const desk = { authorize: () => true, snapshot: () => ({ text: '' }), requests: { act } }
const hall = { authorize: () => true }
const rooms = { desk, hall }

// [PIP44] the whole of it compiles
const implementation = implement<Lab, User>(contract, { requests: { plan }, rooms })
createServer<User>({ authenticate: (): Authenticated<User> => ({ user: { id: 'ann', role: 'owner' } }) }).mount(implementation)

// [PIP44] names
// @ts-expect-error a request without a handler
implement<Lab, User>(contract, { requests: {}, rooms })
// @ts-expect-error a handler for a request that nobody declared
implement<Lab, User>(contract, { requests: { plan, plann: plan }, rooms })
// @ts-expect-error a room without handlers
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk } })
// @ts-expect-error handlers for a room that nobody declared
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk, hall, attic: hall } })
// @ts-expect-error a room without authorize
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk, hall: {} } })
// @ts-expect-error a declared snapshot without a handler
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { authorize: () => true, requests: { act } }, hall } })
// @ts-expect-error a request of a room without a handler
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { ...desk, requests: {} }, hall } })
// @ts-expect-error a misspelt hook
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { ...desk, onJion: () => {} }, hall } })
// @ts-expect-error no handlers at all
implement<Lab, User>(contract, {})

// [PIP44] answers
// @ts-expect-error an answer of another type
implement<Lab, User>(contract, { requests: { plan: () => ({ text: 7 }) }, rooms })
// @ts-expect-error an answer without a member
implement<Lab, User>(contract, { requests: { plan: async () => ({}) }, rooms })
// @ts-expect-error no answer
implement<Lab, User>(contract, { requests: { plan: () => {} }, rooms })
// @ts-expect-error an answer of another type in a room
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { ...desk, requests: { act: () => '1' } }, hall } })
// @ts-expect-error authorize that gives no boolean
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk, hall: { authorize: () => 'yes' } } })
// @ts-expect-error a snapshot that does not fit
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { ...desk, snapshot: () => ({ txt: '' }) }, hall } })
// @ts-expect-error a presence that does not fit
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk: { ...desk, presence: () => ({ nick: '' }) }, hall } })

// [PIP45] what handlers are given: outputs of the schemas, the user of authenticate, no any
implement<Lab, User>(contract, {
  onConnect: ({ connection, user }) => {
    check<Same<typeof user, User>>()
    check<Same<typeof connection, TypedConnectionHandle<Lab, User>>>()
  },
  requests: {
    plan: ({ input, user, key, signal, connection, name, fail }) => {
      check<Same<typeof input, { on: Date }>>()
      check<Same<typeof user, User>>()
      check<Same<typeof key, string | undefined>>()
      check<Same<typeof signal, AbortSignal>>()
      check<Same<typeof name, string>>()
      check<Same<typeof connection.user, User>>()
      if (input.on.getTime() === 0) fail('SLOW_MODE', { seconds: 1 })
      // @ts-expect-error an error that nobody declared
      if (input.on.getTime() === 1) fail('FAST_MODE', { seconds: 1 })
      // @ts-expect-error data that does not fit the error
      if (input.on.getTime() === 2) fail('SLOW_MODE', { seconds: '1' })
      // @ts-expect-error a code of the framework is thrown, not declared
      if (input.on.getTime() === 3) fail('FORBIDDEN', {})
      return { text: '' }
    },
  },
  rooms: {
    desk: {
      authorize: ({ user, params, connection, room: handle }) => {
        check<Same<typeof user, User>>()
        check<Same<typeof params, { id: number }>>()
        check<Same<typeof connection, TypedConnectionHandle<Lab, User>>>()
        check<Same<typeof handle, TypedRoomHandle<Desk>>>()
        return user.role === 'owner'
      },
      snapshot: ({ params }) => ({ text: String(check<Same<typeof params, { id: number }>>()) }),
      presence: ({ user }) => ({ name: user.role }),
      onEmpty: ({ params }) => check<Same<typeof params, { id: number }>>(),
      requests: {
        act: async ({ input, user, params, room: handle }) => {
          check<Same<typeof input, { text: string }>>()
          check<Same<typeof user, User>>()
          check<Same<typeof params, { id: number }>>()
          const published = await handle.publish('note', input)
          check<Same<typeof published.position, Position>>()
          check<Same<IsAny<typeof published>, false>>()
          return published.position.offset
        },
      },
    },
    hall: {
      authorize: ({ params }) => {
        check<Same<typeof params, Record<string, never>>>()
        return true
      },
    },
  },
})

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
