import { expect, it } from 'vitest'
import * as z from 'zod'
import { defaultHistory, event, request, room } from '@millrace/contract'

const schema = z.object({ id: z.string() })

it('[CON10] an event is durable, published by the server, of version 1', () => {
  expect(event(schema)).toEqual({
    kind: 'event',
    payload: schema,
    delivery: 'durable',
    publish: 'server',
    key: '',
    version: 1,
  })
  const full = { delivery: 'latest', publish: 'members', key: 'id', version: 3 } as const
  expect(event(schema, full)).toEqual({ kind: 'event', payload: schema, ...full })
})

it('[CON10] a request declares no errors, is claimed once, runs in order and has version 1', () => {
  const expected = {
    kind: 'request',
    input: schema,
    output: schema,
    errors: {},
    idempotent: false,
    parallel: false,
    version: 1,
  }
  expect(request({ input: schema, output: schema })).toEqual(expected)
  const full = { errors: { SLOW_MODE: schema }, idempotent: true, parallel: true, version: 2 } as const
  expect(request({ input: schema, output: schema, ...full })).toEqual({ ...expected, ...full })
})

it('[CON10] a room keeps its options; history has limits of its own', () => {
  expect(room({ params: schema, flushMs: 20 })).toEqual({ kind: 'room', params: schema, flushMs: 20 })
  expect(defaultHistory).toEqual({ maxEvents: 10_000, maxBytes: 16_000_000, ttlSeconds: 2_592_000 })
})
