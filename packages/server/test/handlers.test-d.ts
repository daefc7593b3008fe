import { implement, type TypedConnectionHandle, type TypedRoomHandle } from '@millrace/server'
import type { Position } from '@millrace/contract'
import { check, type IsAny, type Same } from './type-checks.ts'
import { contract, type Desk, type Lab, type User } from './typed-lab.ts'

const plan = () => ({ text: '' })
const act = () => 1
const desk = { authorize: () => true, snapshot: () => ({ text: '' }), requests: { act } }
const hall = { authorize: () => true }
const rooms = { desk, hall }

declare function takeDesk(handlers: Rooms['desk']): void
type Rooms = Parameters<typeof implement<Lab, User>>[1]['rooms']

// [PIP44] the whole of it compiles
implement<Lab, User>(contract, { requests: { plan }, rooms })

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
takeDesk({ authorize: () => true, requests: { act } })
// @ts-expect-error a request of a room without a handler
takeDesk({ ...desk, requests: {} })
// @ts-expect-error a misspelt hook
takeDesk({ ...desk, onJion: () => {} })
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
takeDesk({ ...desk, requests: { act: () => '1' } })
// @ts-expect-error authorize that gives no boolean
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk, hall: { authorize: () => 'yes' } } })
// @ts-expect-error a snapshot that does not fit
takeDesk({ ...desk, snapshot: () => ({ txt: '' }) })
// @ts-expect-error a presence that does not fit
takeDesk({ ...desk, presence: () => ({ nick: '' }) })
// @ts-expect-error what a client says of itself is asked for only in rooms with presence
implement<Lab, User>(contract, { requests: { plan }, rooms: { desk, hall: { ...hall, acceptPresence: () => {} } } })

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
      acceptPresence: ({ user, state }) => {
        check<Same<typeof user, User>>()
        check<Same<typeof state, { text: string }>>()
      },
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
