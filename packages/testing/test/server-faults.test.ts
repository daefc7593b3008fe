import { describe, expect, it } from 'vitest'
import { fail } from '@millrace/contract'
import { Inbox } from './server-inbox.ts'
import { startLab, type Lab, type LabParts } from './server-lab.ts'
import type { StockClient } from './server-stock-client.ts'

const secret = 'the password is hunter2'
const ways = {
  throws: (): never => {
    throw new Error(secret)
  },
  rejects: (): Promise<never> => Promise.reject(new Error(secret)),
}
const internal = { ok: false, error: { code: 'INTERNAL', message: 'the server failed at this; it was reported there' } }

async function run(client: StockClient): Promise<unknown> {
  return client.call('run', { input: 1 })
}

async function join(client: StockClient): Promise<unknown> {
  return client.call('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } })
}

async function act(client: StockClient): Promise<unknown> {
  const { room } = await client.join('desk', { id: 'a' }, { presence: { status: 'in' } })
  return client.call('act', { room, input: 1 })
}

async function publish(client: StockClient): Promise<unknown> {
  const { room } = await client.join('desk', { id: 'a' }, { presence: { status: 'in' } })
  return client.call('note', { room, input: { text: 'hi' } })
}

function onlyAt(name: string, fault: () => unknown): NonNullable<LabParts['use']>[number] {
  return (context, next) => (context.name === name ? fault() : next())
}

/** Where application code runs while a client waits for an answer. */
const places: Record<
  string,
  [parts: (fault: () => never) => LabParts, call: (client: StockClient) => Promise<unknown>]
> = {
  'a handler': [(fault) => ({ requests: { run: fault } }), run],
  'a handler of a room': [(fault) => ({ deskRequests: { act: fault } }), act],
  'middleware of the server': [(fault) => ({ serverUse: [onlyAt('run', fault)] }), run],
  'middleware of the namespace': [(fault) => ({ use: [onlyAt('run', fault)] }), run],
  'middleware of the room, at a request': [(fault) => ({ desk: { use: [onlyAt('act', fault)] } }), act],
  'middleware of the room, at a publish': [(fault) => ({ desk: { use: [onlyAt('note', fault)] } }), publish],
  'middleware of the room, at a join': [(fault) => ({ desk: { use: [onlyAt('~join', fault)] } }), join],
  authorize: [(fault) => ({ desk: { authorize: fault } }), join],
  snapshot: [(fault) => ({ desk: { snapshot: fault } }), join],
  'the presence mapper': [(fault) => ({ desk: { presence: fault } }), join],
  onJoin: [(fault) => ({ desk: { onJoin: fault } }), join],
}
const rows = Object.entries(places).flatMap(([place, [parts, call]]) =>
  Object.entries(ways).map(([way, fault]) => ({ place, way, parts: parts(fault as () => never), call })),
)

describe('faults of the application', () => {
  it.each(rows)('[PIP1] $place $way: INTERNAL, reported, the connection lives', async ({ parts, call }) => {
    await using served = await startLab(parts)
    await using client = await served.connect()
    expect(await call(client)).toEqual(internal)
    expect(served.errors).toEqual([new Error(secret)])
    expect(await client.call('add', { input: { a: 1, b: 2 } })).toEqual({ ok: true, data: 3 })
  })

  it('[PIP1] what is thrown need not be an Error', async () => {
    const thrown: unknown[] = [undefined, null, 'text', 7, Object.create(null), { toString: 1, code: 'FORBIDDEN' }]
    await using served = await startLab({
      requests: {
        run: ({ input }) => {
          throw thrown[input as number]
        },
      },
    })
    await using client = await served.connect()
    for (const index of thrown.keys()) expect(await client.call('run', { input: index })).toEqual(internal)
    expect(served.errors).toEqual(thrown)
  })

  it.each(Object.entries(ways))('[PIP2] hooks that nobody waits for: what %s is reported', async (_way, fault) => {
    const hooks = new Inbox<string>()
    const failing = (name: string) => (): never => {
      hooks.push(name)
      return fault() as never
    }
    await using served = await startLab({
      onConnect: failing('onConnect'),
      onDisconnect: failing('onDisconnect'),
      desk: { onLeave: failing('onLeave'), onEmpty: failing('onEmpty') },
    })
    await using client = await served.connect()
    await using other = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, { presence: { status: 'in' } })
    expect(await client.call('~leave', { room })).toEqual({ ok: true })
    expect(hooks.all).toEqual(['onConnect', 'onConnect', 'onLeave', 'onEmpty'])
    client.socket.disconnect()
    await hooks.find((hook) => hook === 'onDisconnect')
    await other.barrier()
    expect(served.errors).toEqual(hooks.all.map(() => new Error(secret)))
  })

  it.each(Object.entries(ways))('[PIP3, P10] an onError that %s changes nothing', async (_way, onError) => {
    const fault = ways.throws
    await using served = await startLab({
      onConnect: fault,
      requests: { run: fault },
      desk: { authorize: fault },
      deskRequests: { act: fault },
      options: { onError: onError as () => never },
    })
    await using client = await served.connect()
    const room = await client.call('~join', { room: 'hall' })
    expect(room).toMatchObject({ ok: true })
    expect(await run(client)).toEqual(internal)
    expect(await join(client)).toEqual(internal)
    expect(await client.call('add', { input: { a: 1, b: 2 } })).toEqual({ ok: true, data: 3 })
  })
})

describe('errors that the application chose', () => {
  it("[PIP4] one of the table reaches the client as it is; of those only the server's own faults are reported", async () => {
    await using served: Lab = await startLab({
      requests: {
        run: ({ input }) => {
          throw fail(input as 'FORBIDDEN', 'because', { retryAfterMs: 5 })
        },
      },
    })
    await using client = await served.connect()
    const refusal = (code: string) => ({ ok: false, error: { code, message: 'because', retryAfterMs: 5 } })
    for (const code of ['FORBIDDEN', 'RATE_LIMITED', 'UNAVAILABLE']) {
      expect(await client.call('run', { input: code })).toEqual(refusal(code))
    }
    expect(served.errors).toMatchObject([{ code: 'UNAVAILABLE' }])
  })

  it('[PIP5] a declared one carries its data; one undeclared, or whose data does not fit, is INTERNAL', async () => {
    await using served = await startLab({
      requests: {
        run: ({ input, fail: refuse }) => refuse('SLOW_MODE', input as { seconds: number }, 'slowly'),
        again: ({ fail: refuse }) => (refuse as (code: string) => never)('SLOW_MODE'),
      },
    })
    await using client = await served.connect()
    expect(await client.call('run', { input: { seconds: 3 } })).toEqual({
      ok: false,
      error: { code: 'SLOW_MODE', message: 'slowly', data: { seconds: 3 } },
    })
    expect(served.errors).toEqual([])
    expect(await client.call('run', { input: { seconds: 'three' } })).toEqual(internal)
    expect(await client.call('again', { input: 0 })).toEqual(internal)
    expect(served.errors).toHaveLength(2)
    expect(String(served.errors[0])).toContain('seconds')
  })
})
