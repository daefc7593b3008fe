import { expect, it } from 'vitest'
import * as z from 'zod'
import { type Contract, entryVersions, event, fingerprint, request, room } from '@millrace/contract'
import { protocolText } from './protocol-document.ts'

const schema = z.object({ text: z.string() })
const ask = request({ input: schema, output: schema })

const contract: Contract = {
  namespace: '/chat',
  requests: { create: ask },
  questions: { confirm: ask },
  events: { notice: event(schema) },
  rooms: { lobby: room({ events: { message: event(schema, { version: 2 }) }, requests: { send: ask } }) },
}

it('[CON24] is 16 hex digits, the same for the same contract', () => {
  expect(fingerprint(contract)).toMatch(/^[0-9a-f]{16}$/)
  expect(fingerprint({ ...contract })).toBe(fingerprint(contract))
})

// From another program, over '/chat\nevent:notice@1': clients in other languages compute the same.
it('[CON24] is FNV-1a of the sorted list, as docs/protocol.md shows it', () => {
  expect(fingerprint({ namespace: '/chat', events: { notice: event(schema) } })).toBe('488cf5b9eb5c28cf')
  const shown: Contract = {
    namespace: '/chat',
    requests: { 'conversation.create': ask },
    questions: { confirm: ask },
    events: { notice: event(schema) },
    rooms: {
      conversation: room({
        events: { message: event(schema), score: event(schema), typing: event(schema) },
        requests: { 'message.send': ask },
      }),
    },
  }
  for (const contract of [shown, { namespace: '/chat', events: { notice: event(schema) } }]) {
    expect(protocolText).toContain(fingerprint(contract))
  }
})

it('[CON24] does not depend on the order of entries or on schemas', () => {
  const one: Contract = { namespace: '/', events: { a: event(schema), b: event(schema) } }
  const other: Contract = { namespace: '/', events: { b: event(z.string()), a: event(z.number()) } }
  expect(fingerprint(other)).toBe(fingerprint(one))
})

const changes: Record<string, Contract> = {
  'another namespace': { ...contract, namespace: '/other' },
  'an entry less': { ...contract, events: {} },
  'an entry more': { ...contract, events: { notice: event(schema), more: event(schema) } },
  'another kind': { ...contract, questions: {}, requests: { create: ask, confirm: ask } },
  'another version': { ...contract, events: { notice: event(schema, { version: 2 }) } },
  'another version in a room': {
    ...contract,
    rooms: { lobby: room({ events: { message: event(schema) }, requests: { send: ask } }) },
  },
  'another version of a room': {
    ...contract,
    rooms: { lobby: room({ events: { message: event(schema, { version: 2 }) }, requests: { send: ask }, version: 2 }) },
  },
}
it.each(Object.entries(changes))('[CON24] changes with %s', (_, changed) => {
  expect(fingerprint(changed)).not.toBe(fingerprint(contract))
})

it('[CON25] lists every entry', () => {
  expect(entryVersions(contract)).toEqual({
    'request:create': 1,
    'question:confirm': 1,
    'event:notice': 1,
    'room:lobby': 1,
    'event:lobby/message': 2,
    'request:lobby/send': 1,
  })
  expect(entryVersions({ namespace: '/' })).toEqual({})
})
