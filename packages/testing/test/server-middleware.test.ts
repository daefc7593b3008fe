import { describe, expect, it } from 'vitest'
import { fail } from '@millrace/contract'
import type { Middleware } from '@millrace/server'
import { startLab } from './server-lab.ts'

const presence = { presence: { status: 'in' } }

describe('middleware', () => {
  it('[PIP10] runs in the order server, namespace, room, around requests, publishes and joins', async () => {
    const seen: string[] = []
    const trace =
      (place: string): Middleware =>
      async (context, next) => {
        seen.push(`${place} ${context.name}`)
        const data = await next()
        seen.push(`${place} done`)
        return data
      }
    await using served = await startLab({
      serverUse: [trace('server')],
      use: [trace('namespace')],
      desk: { use: [trace('room')] },
    })
    await using client = await served.connect()
    const order = (name: string, places: string[]): string[] => [
      ...places.map((place) => `${place} ${name}`),
      ...places.toReversed().map((place) => `${place} done`),
    ]
    await client.call('run', { input: 1 })
    expect(seen.splice(0)).toEqual(order('run', ['server', 'namespace']))
    const { room } = await client.join('desk', { id: 'a' }, presence)
    await client.barrier()
    const all = ['server', 'namespace', 'room']
    expect(seen.splice(0)).toEqual(order('~join', all))
    await client.call('act', { room, input: 1 })
    expect(seen.splice(0)).toEqual(order('act', all))
    await client.call('note', { room, input: { text: 'hi' } })
    expect(seen.splice(0)).toEqual(order('note', all))
  })

  it('[PIP11] sees the input before it is parsed and may change it; the handler gets what the schema made of that', async () => {
    await using served = await startLab({
      use: [
        (context, next) => {
          if (context.name === 'add') context.input = { a: 20, b: Number(context.input) }
          return next()
        },
      ],
    })
    await using client = await served.connect()
    expect(await client.call('add', { input: '22' })).toEqual({ ok: true, data: 42 })
  })

  it('[PIP12] refuses by throwing, and then nothing that it surrounds runs', async () => {
    const ran: string[] = []
    await using served = await startLab({
      use: [
        () => {
          throw fail('FORBIDDEN', 'not today')
        },
      ],
      requests: { run: () => void ran.push('run') },
      desk: { authorize: () => ran.push('authorize') > 0 },
    })
    await using client = await served.connect()
    const refused = { ok: false, error: { code: 'FORBIDDEN', message: 'not today' } }
    expect(await client.call('run', { input: 1 })).toEqual(refused)
    expect(await client.call('~join', { room: 'desk', params: { id: 'a' }, ...presence })).toEqual(refused)
    expect(ran).toEqual([])
    expect(served.errors).toEqual([])
  })

  it('[PIP13] may answer a request itself; what it answers must fit the contract', async () => {
    await using served = await startLab({ use: [(context) => (context.name === 'add' ? 42 : 'text')] })
    await using client = await served.connect()
    expect(await client.call('add', { input: { a: 1, b: 1 } })).toEqual({ ok: true, data: 42 })
    expect(await client.call('run', { input: 1 })).toEqual({ ok: true, data: 'text' })
  })

  it('[PIP14] a join that middleware keeps from happening without refusing it is INTERNAL and reported', async () => {
    await using served = await startLab({ desk: { use: [() => undefined] } })
    await using client = await served.connect()
    const answer = await client.call('~join', { room: 'desk', params: { id: 'a' }, ...presence })
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(String(served.errors[0])).toContain('next()')
  })

  it('[PIP15] next() called twice fails, and what is surrounded runs once', async () => {
    let runs = 0
    await using served = await startLab({
      use: [
        async (_context, next) => {
          await next()
          return next()
        },
      ],
      requests: { run: () => ++runs },
    })
    await using client = await served.connect()
    expect(await client.call('run', { input: 1 })).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(runs).toBe(1)
    expect(String(served.errors[0])).toContain('next() twice')
  })

  it('[PIP16] one that throws after a join was answered is reported, and the join is answered once', async () => {
    let joins = 0
    await using served = await startLab({
      desk: {
        use: [
          async (_context, next) => {
            await next()
            throw new Error('too late')
          },
        ],
        onJoin: () => void joins++,
      },
      options: { limits: { maxPendingRequests: 2 } },
    })
    await using client = await served.connect()
    // Answered twice, they would also free two places each, and the limit would be gone.
    for (let round = 1; round <= 5; round++) {
      await client.join('desk', { id: 'a' }, presence)
      await client.barrier()
      expect(joins).toBe(round)
      expect(served.errors).toHaveLength(round)
    }
    const many = await Promise.all(
      Array.from({ length: 5 }, () => client.call('~join', { room: 'desk', params: { id: 'a' }, ...presence })),
    )
    expect(many.map((answer) => answer.ok)).toEqual([true, true, false, false, false])
  })
})
