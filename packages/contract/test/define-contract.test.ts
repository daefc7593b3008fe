import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineContract, event, request, room, type Contract, type ErrorEntries } from '@millrace/contract'

const text = z.object({ text: z.string() })
const ask = request({ input: text, output: text })

describe('defineContract', () => {
  it('[CON1] returns what it was given', () => {
    const contract: Contract = {
      namespace: '/chat',
      requests: { 'conversation.create': ask },
      questions: { confirm: ask },
      events: { notice: event(text) },
      rooms: { conversation: room({ events: { message: event(text) }, requests: { 'message.send': ask } }) },
    }
    const before = { ...contract }
    expect(defineContract(contract)).toBe(contract)
    expect(contract).toEqual(before)
  })

  it.each(['/', '/chat', '/v1/chat-room_2.x', `/${'a'.repeat(63)}`])('[CON2] takes the namespace %s', (namespace) => {
    expect(defineContract({ namespace }).namespace).toBe(namespace)
  })

  it.each(['', 'chat', '/chat room', '/chat?x', '/ü', '/a\n', `/${'a'.repeat(64)}`])(
    '[CON2] refuses the namespace %j',
    (namespace) => {
      expect(() => defineContract({ namespace })).toThrow('must begin with /')
    },
  )

  it('[DEL83] refuses an event to the server that is not volatile, or that no member may publish', () => {
    const inRoom = (options: object) => () =>
      defineContract({ namespace: '/', rooms: { game: room({ events: { turn: event(text, options) } }) } })
    const ours = { delivery: 'volatile', publish: 'members', to: 'server' }
    expect(inRoom(ours)).not.toThrow()
    for (const change of [{ delivery: 'latest' }, { delivery: 'durable' }, { publish: 'server' }])
      expect(inRoom({ ...ours, ...change })).toThrow('make it a request')
    const outside = event(text, { delivery: 'volatile', to: 'server' })
    expect(() => defineContract({ namespace: '/', events: { turn: outside } })).toThrow('make it a request')
  })

  const badNames = [
    '~join',
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
    'error',
    'constructor',
    'prototype',
    '',
    'two words',
    'message@2',
    'room/message',
    'a'.repeat(65),
  ]
  it.each([...badNames, '__proto__'])('[CON3] refuses the name %j wherever it stands', (name) => {
    const named = <T>(entry: T) => Object.fromEntries([[name, entry]])
    const refused = 'choose another name'
    expect(() => defineContract({ namespace: '/', requests: named(ask) })).toThrow(refused)
    expect(() => defineContract({ namespace: '/', questions: named(ask) })).toThrow(refused)
    expect(() => defineContract({ namespace: '/', events: named(event(text)) })).toThrow(refused)
    expect(() => defineContract({ namespace: '/', rooms: named(room({})) })).toThrow(refused)
    const inRoom = (options: object) => () => defineContract({ namespace: '/', rooms: { lobby: room(options) } })
    expect(inRoom({ events: named(event(text)) })).toThrow(refused)
    expect(inRoom({ requests: named(ask) })).toThrow(refused)
  })

  it.each(['a', 'message.send', 'user:renamed', 'snake_case', 'toString', 'a'.repeat(64)])(
    '[CON3] takes the name %s',
    (name) => {
      const contract: Contract = { namespace: '/', requests: { [name]: ask }, rooms: { [name]: room({}) } }
      expect(() => defineContract(contract)).not.toThrow()
    },
  )

  it('[CON4] refuses one name for two entries that look alike on the wire', () => {
    const message = event(text)
    expect(() => defineContract({ namespace: '/', events: { both: message }, questions: { both: ask } })).toThrow(
      'declared twice',
    )
    const lobby = room({ events: { both: message }, requests: { both: ask } })
    expect(() => defineContract({ namespace: '/', rooms: { lobby } })).toThrow('"both" is declared twice in room lobby')
  })

  it('[CON4] takes one name for entries that differ on the wire', () => {
    const lobby = room({ events: { notice: event(text) }, requests: { send: ask } })
    const contract: Contract = {
      namespace: '/',
      events: { notice: event(text) },
      requests: { send: ask, lobby: ask },
      rooms: { lobby },
    }
    expect(() => defineContract(contract)).not.toThrow()
  })

  it.each([0, -1, 1.5, 1_000_001, Number.NaN, Infinity])('[CON5] refuses the version %s', (version) => {
    const refused = 'must be a whole number, 1 to 1000000'
    expect(() => defineContract({ namespace: '/', events: { notice: event(text, { version }) } })).toThrow(refused)
    expect(() => defineContract({ namespace: '/', rooms: { lobby: room({ version }) } })).toThrow(refused)
    const send = request({ input: text, output: text, version })
    expect(() => defineContract({ namespace: '/', rooms: { lobby: room({ requests: { send } }) } })).toThrow(refused)
  })

  it('[CON6] keeps flushMs between 0 and 10,000 ms', () => {
    const contract = (flushMs: number) => defineContract({ namespace: '/', rooms: { lobby: room({ flushMs }) } })
    for (const flushMs of [0, 0.5, 10_000]) expect(() => contract(flushMs)).not.toThrow()
    for (const flushMs of [-1, 10_001, Number.NaN]) expect(() => contract(flushMs)).toThrow('flushMs of room lobby')
  })

  it('[KPT31] keeps maxPayloadBytes of events between 1 and 4,000,000 bytes', () => {
    const sized = (maxPayloadBytes: number) => ({ note: event(text, { maxPayloadBytes }) })
    const contracts = [
      (bytes: number) => defineContract({ namespace: '/', rooms: { lobby: room({ events: sized(bytes) }) } }),
      (bytes: number) => defineContract({ namespace: '/', events: sized(bytes) }),
    ]
    for (const contract of contracts) {
      for (const bytes of [1, 4_000_000]) expect(() => contract(bytes)).not.toThrow()
      for (const bytes of [0, 4_000_001, 1.5, Infinity, Number.NaN])
        expect(() => contract(bytes)).toThrow(/maxPayloadBytes of the event .*"note" must be a whole number/)
    }
  })

  it.each(['maxEvents', 'maxBytes', 'ttlSeconds'])('[CON7] refuses %s of 0, and takes Infinity', (limit) => {
    const contract = (value: number) =>
      defineContract({ namespace: '/', rooms: { lobby: room({ history: { [limit]: value } }) } })
    for (const value of [1, Infinity]) expect(() => contract(value)).not.toThrow()
    for (const value of [0, -1, Number.NaN])
      expect(() => contract(value)).toThrow(`${limit} of the history of room lobby`)
  })

  it("[CON8] refuses error codes that are malformed or the framework's own", () => {
    const contract = (code: string) => {
      const errors: ErrorEntries = { [code]: text }
      return defineContract({ namespace: '/', requests: { send: { ...ask, errors } } })
    }
    for (const code of ['SLOW_MODE', 'A', 'E2', 'A'.repeat(64)]) expect(() => contract(code)).not.toThrow()
    for (const code of ['', 'slow', '_A', '1A', 'A B', 'A'.repeat(65)])
      expect(() => contract(code)).toThrow('begin with a letter')
    expect(() => contract('INTERNAL')).toThrow("declares INTERNAL, which is the framework's own")
  })

  it("[CON9] refuses latest and members' events outside a room", () => {
    const score = event(z.object({ playerId: z.string() }), { delivery: 'latest', key: 'playerId' })
    expect(() => defineContract({ namespace: '/', events: { score } })).toThrow('needs a room')
    const typing = event(text, { delivery: 'volatile', publish: 'members' })
    expect(() => defineContract({ namespace: '/', events: { typing } })).toThrow('has no members')
    expect(() =>
      defineContract({ namespace: '/', rooms: { lobby: room({ events: { score, typing } }) } }),
    ).not.toThrow()
  })
  it('[CON28] refuses an event of a room that clients would mistake for news of the room', () => {
    for (const name of ['gap', 'joined', 'kicked', 'removed']) {
      const lobby = room({ events: { [name]: event(text) } })
      expect(() => defineContract({ namespace: '/', rooms: { lobby } })).toThrow('choose another name')
      expect(() => defineContract({ namespace: '/', events: { [name]: event(text) } })).not.toThrow()
    }
  })
})
