import { describe, expect, it } from 'vitest'
import { startLab } from './server-lab.ts'

const internal = { ok: false, error: { code: 'INTERNAL', message: 'the server failed at this; it was reported there' } }

function circular(): object {
  const value: Record<string, unknown> = {}
  value.self = value
  return value
}

const untransportable: Record<string, () => unknown> = {
  'a BigInt': () => 1n,
  'a circle': circular,
  'what toJSON throws at': () => ({
    toJSON: () => {
      throw new Error('no')
    },
  }),
  'nesting without end': () => {
    let value: unknown = 1
    for (let depth = 0; depth < 100_000; depth++) value = [value]
    return value
  },
}

describe('answers', () => {
  it.each([
    ['at once', (value: unknown) => value],
    ['later', (value: unknown) => Promise.resolve(value)],
  ])(
    '[PIP6] a handler that returns, %s, what its contract does not allow: INTERNAL, reported with the path',
    async (_when, wrap) => {
      await using served = await startLab({ requests: { add: () => wrap('three') as number } })
      await using client = await served.connect()
      expect(await client.call('add', { input: { a: 1, b: 2 } })).toEqual(internal)
      expect(served.errors).toHaveLength(1)
      expect(String(served.errors[0])).toContain('the handler of add returned what its contract does not allow')
      expect(await client.call('run', { input: 1 })).toEqual({ ok: true, data: 1 })
    },
  )

  const rows = Object.entries(untransportable).flatMap(([what, make]) =>
    [undefined, 'k1'].map((key) => ({ what, make, key, how: key ? 'with a key' : 'without a key' })),
  )
  it.each(rows)(
    '[PIP7] a handler that returns $what, $how: INTERNAL, reported, the connection lives',
    async ({ make, key }) => {
      await using served = await startLab({
        requests: { run: make, again: async () => make() },
        deskRequests: { act: make },
      })
      await using client = await served.connect()
      const { room } = await client.join('desk', { id: 'a' }, { presence: { status: 'in' } })
      const more = key === undefined ? {} : { key }
      expect(await client.call('run', { input: 0, ...more })).toEqual(internal)
      expect(await client.call('run', { input: 0, ...more })).toEqual(internal)
      expect(await client.call('again', { input: 0, ...more })).toEqual(internal)
      expect(await client.call('act', { room, input: 0, ...more })).toEqual(internal)
      expect(served.errors.length).toBeGreaterThanOrEqual(3)
      expect(await client.call('repeat', { room, input: 2 })).toEqual({ ok: true, data: 2 })
    },
  )

  it('[PIP8] an event without an acknowledgement is handled as any other', async () => {
    const inputs: unknown[] = []
    await using served = await startLab({ requests: { run: ({ input }) => void inputs.push(input) } })
    await using client = await served.connect()
    client.socket.emit('run', { input: 1 })
    client.socket.emit('run', { input: 2 }, 'more', 'arguments')
    client.socket.emit('nothing of that name')
    client.socket.emit('~join', 7)
    await client.barrier()
    expect(inputs).toEqual([1, 2])
  })

  it('[PIP9, P6] the limit of unanswered requests holds, and answers free their places', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await using served = await startLab({
      requests: { run: () => held },
      options: { limits: { maxPendingRequests: 3 } },
    })
    await using client = await served.connect()
    const waiting = [1, 2, 3].map((input) => client.call('run', { input }))
    const overloaded = { ok: false, error: { code: 'OVERLOADED', message: expect.any(String) as string } }
    expect(await client.call('run', { input: 4 })).toEqual(overloaded)
    expect(await client.call('~ping')).toEqual(overloaded)
    expect(await client.call('~join', { room: 'hall' })).toEqual(overloaded)
    await using other = await served.connect()
    expect(await other.call('~ping')).toEqual({ ok: true })
    release()
    expect(await Promise.all(waiting)).toEqual([1, 2, 3].map(() => ({ ok: true, data: undefined })))
    expect(await client.call('~join', { room: 'hall' })).toMatchObject({ ok: true })
  })
})
