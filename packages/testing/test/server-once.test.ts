import { describe, expect, it } from 'vitest'
import { fail } from '@millrace/contract'
import { memory, type StoreProvider } from '@millrace/server'
import { Inbox } from './server-inbox.ts'
import { startLab } from './server-lab.ts'

const presence = { presence: { status: 'in' } }
const invalid = {
  ok: false,
  error: { code: 'INVALID_INPUT', message: 'this key was used with another input; use a new key' },
}

/** Handlers that wait until the test lets them go on. */
function gate(): {
  runs: Inbox<unknown>
  handler: (context: { input: unknown }) => Promise<unknown>
  open: () => void
} {
  const runs = new Inbox<unknown>()
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return {
    runs,
    open: () => open(),
    handler: async ({ input }) => {
      runs.push(input)
      await opened
      return { run: runs.all.length }
    },
  }
}

describe('keys of requests', () => {
  it('[PIP17, P5] the same key and input, concurrent or later, on any connection of the user: one run, one answer', async () => {
    const { runs, handler, open } = gate()
    await using served = await startLab({ requests: { run: handler } })
    await using tab = await served.connect({ auth: { name: 'ann' } })
    await using otherTab = await served.connect({ auth: { name: 'ann' } })
    const request = { input: { a: 1 }, key: 'k' }
    const answers = [tab.call('run', request), tab.call('run', request), otherTab.call('run', request)]
    await runs.find(() => true)
    await Promise.all([tab.barrier(), otherTab.barrier()])
    open()
    const expected = { ok: true, data: { run: 1 } }
    expect(await Promise.all(answers)).toEqual([expected, expected, expected])
    expect(await otherTab.call('run', request)).toEqual(expected)
    expect(runs.all).toHaveLength(1)
  })

  it('[PIP17] of handlers that answer at once, and of refusals', async () => {
    let runs = 0
    await using served = await startLab({
      requests: {
        run: ({ fail: refuse }) => refuse('SLOW_MODE', { seconds: ++runs }),
        add: ({ input }) => input.a + input.b + runs++,
      },
    })
    await using client = await served.connect()
    const refused = await client.call('run', { input: 1, key: 'k' })
    expect(refused).toMatchObject({ ok: false, error: { code: 'SLOW_MODE', data: { seconds: 1 } } })
    expect(await client.call('run', { input: 1, key: 'k' })).toEqual(refused)
    expect(await client.call('add', { input: { a: 1, b: 1 }, key: 'k' })).toEqual({ ok: true, data: 3 })
    expect(await client.call('add', { input: { a: 1, b: 1 }, key: 'k' })).toEqual({ ok: true, data: 3 })
    expect(runs).toBe(2)
  })

  it('[PIP18] another input is INVALID_INPUT, while the first runs and later', async () => {
    const { runs, handler, open } = gate()
    await using served = await startLab({ requests: { run: handler } })
    await using client = await served.connect()
    const first = client.call('run', { input: 1, key: 'k' })
    await runs.find(() => true)
    expect(await client.call('run', { input: 2, key: 'k' })).toEqual(invalid)
    open()
    expect(await first).toEqual({ ok: true, data: { run: 1 } })
    expect(await client.call('run', { input: 2, key: 'k' })).toEqual(invalid)
    expect(await client.call('run', { key: 'k' })).toEqual(invalid)
    expect(runs.all).toEqual([1])
  })

  it("[PIP19] keys belong to a user, a room and a name; nobody is given another's answer", async () => {
    await using served = await startLab({
      requests: { run: ({ user, key }) => JSON.stringify([user.id, key]), again: () => 'again' },
      deskRequests: {
        act: ({ user, params }) => `act ${user.id} ${params.id}`,
        aside: ({ user }) => `aside ${user.id}`,
      },
    })
    const names = ['ann', 'ann k', 'ann 3:k', 'bob', '3:ann']
    const keys = ['k', 'k k', '3:k k', ' ']
    const answers = new Set<string>()
    for (const name of names) {
      await using client = await served.connect({ auth: { name } })
      const rooms = [await client.join('desk', { id: 'a' }, presence), await client.join('desk', { id: 'b' }, presence)]
      for (const key of keys) {
        expect(await client.call('run', { input: 1, key })).toEqual({ ok: true, data: JSON.stringify([name, key]) })
        answers.add(JSON.stringify([name, key]))
      }
      for (const [index, { room }] of rooms.entries()) {
        expect(await client.call('act', { room, input: 1, key: 'k' })).toEqual({
          ok: true,
          data: `act ${name} ${'ab'[index]}`,
        })
        expect(await client.call('aside', { room, input: 1, key: 'k' })).toEqual({ ok: true, data: `aside ${name}` })
      }
    }
    expect(answers.size).toBe(names.length * keys.length)
  })

  it('[PIP20] an idempotent request runs again, and is given the same key', async () => {
    const keys: unknown[] = []
    await using served = await startLab({ requests: { again: ({ key }) => keys.push(key) } })
    await using client = await served.connect()
    expect(await client.call('again', { input: 1, key: 'k' })).toEqual({ ok: true, data: 1 })
    expect(await client.call('again', { input: 1, key: 'k' })).toEqual({ ok: true, data: 2 })
    expect(keys).toEqual(['k', 'k'])
  })

  it('[PIP23] a refusal that says nothing happened gives the key back', async () => {
    for (const code of ['UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED'] as const) {
      let runs = 0
      await using served = await startLab({
        requests: {
          run: () => {
            if (++runs === 1) throw fail(code, 'not now')
            return runs
          },
        },
      })
      await using client = await served.connect()
      expect(await client.call('run', { input: 1, key: 'k' })).toMatchObject({ ok: false, error: { code } })
      expect(await client.call('run', { input: 1, key: 'k' })).toEqual({ ok: true, data: 2 })
    }
  })

  it('[PIP24] bytes in an answer are the same bytes when it is given again', async () => {
    const answers = [
      Buffer.from('whole'),
      { a: [1, Buffer.from([0, 255]), { b: new Uint8Array([7]) }], kept: 'k', bytes: [[[], '']] },
    ]
    await using served = await startLab({ requests: { run: ({ input }) => answers[input as number] } })
    await using client = await served.connect()
    for (const index of answers.keys()) {
      const first = await client.call('run', { input: index, key: `k${index}` })
      expect(first).toMatchObject({ ok: true })
      expect(await client.call('run', { input: index, key: `k${index}` })).toEqual(first)
    }
  })

  it('[PIP25] a store that cannot keep the answer does not turn it into a failure', async () => {
    const rejecting = (fault: () => Promise<void>): StoreProvider => ({
      async open(context) {
        const store = await memory().open(context)
        const { claims } = store
        const failing = { claim: claims.claim.bind(claims), settle: fault, release: fault, forget: fault }
        return { ...store, log: store.log, claims: failing, isReady: () => store.isReady(), close: () => store.close() }
      },
    })
    const fault = (): Promise<void> => Promise.reject(fail('UNAVAILABLE', 'the disk is full; make room'))
    await using served = await startLab({ options: { store: rejecting(fault) } })
    await using client = await served.connect()
    expect(await client.call('add', { input: { a: 1, b: 2 }, key: 'k' })).toEqual({ ok: true, data: 3 })
    expect(served.errors).toMatchObject([{ code: 'UNAVAILABLE' }])
  })

  it('[PIP49] a settled key is forgotten, on the connection that used it, for one request', async () => {
    let runs = 0
    await using served = await startLab({ requests: { run: () => ++runs } })
    await using client = await served.connect({ auth: { name: 'ann' } })
    await using other = await served.connect({ auth: { name: 'ann' } })
    const run = (input: unknown, settled?: string[]) =>
      client.call('run', { input, key: 'k', ...(settled ? { settled } : {}) })
    expect(await run(1)).toEqual({ ok: true, data: 1 })
    await other.call('add', { input: { a: 1, b: 2 }, settled: ['k', 'unknown'] })
    expect(await run(1)).toEqual({ ok: true, data: 1 })
    expect(await run(1, ['k'])).toEqual({ ok: true, data: 2 })
    expect(await run(2)).toEqual(invalid)
    await client.call('add', { input: { a: 1, b: 2 }, key: 'k' })
    expect(await run(1, ['k'])).toEqual({ ok: true, data: 2 })
    const tooMany = Array.from({ length: 101 }, (_, index) => `k${index}`)
    for (const settled of ['k', [1], [''], tooMany]) {
      const refused = await client.call('add', { input: { a: 1, b: 2 }, settled })
      expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', path: 'settled' } })
    }
  })
})
