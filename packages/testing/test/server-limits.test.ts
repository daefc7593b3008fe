import { defineContract, request } from '@millrace/contract'
import { createServer, implement } from '@millrace/server'
import { describe, expect, it } from 'vitest'
import { manualClock } from '@millrace/testing'
import { z } from 'zod'
import { Inbox } from './server-inbox.ts'
import { startLab } from './server-lab.ts'
import { openRaw } from './server-raw-client.ts'
import { connectStock, refusedStock } from './server-stock-client.ts'

describe('limits of connections', () => {
  it('[CNX18, P6] above maxConnections a client is refused with OVERLOADED, until another leaves', async () => {
    const left = new Inbox<string>()
    await using served = await startLab({
      onDisconnect: ({ user }) => left.push(user.id),
      options: { limits: { maxConnections: 2 } },
    })
    await using first = await served.connect({ auth: { name: 'first' } })
    await using _second = await served.connect()
    expect((await refusedStock(served.url)).data).toMatchObject({ code: 'OVERLOADED' })
    first.socket.disconnect()
    await left.find((name) => name === 'first')
    await using third = await served.connect()
    await third.barrier()
  })

  it('[CNX18] those that are being authenticated count, and those that were refused do not', async () => {
    let open = (): void => undefined
    const opened = new Promise<void>((resolve) => (open = resolve))
    const asked = new Inbox<unknown>()
    await using served = await startLab({
      options: {
        limits: { maxConnections: 2 },
        authenticate: async ({ auth }) => {
          asked.push(auth.name)
          if (auth.name === 'slow') await opened
          return auth.name === 'bad' ? null : { user: { id: 'ann', role: 'member' } }
        },
      },
    })
    for (let round = 0; round < 5; round++)
      expect((await refusedStock(served.url, { auth: { name: 'bad' } })).data).toMatchObject({
        code: 'UNAUTHENTICATED',
      })
    const slow = [served.connect({ auth: { name: 'slow' } }), served.connect({ auth: { name: 'slow' } })]
    await asked.count(2, (name) => name === 'slow')
    expect((await refusedStock(served.url)).data).toMatchObject({ code: 'OVERLOADED' })
    expect(asked.all).not.toContain(undefined)
    open()
    for (const connecting of slow) (await connecting).socket.disconnect()
  })

  it('[CNX19] above maxConnectionsPerAddress too; behind a trusted proxy the address is the last it added', async () => {
    await using direct = await startLab({ options: { limits: { maxConnectionsPerAddress: 1 } } })
    const from = (forwarded: string): { extraHeaders: Record<string, string> } => ({
      extraHeaders: { 'x-forwarded-for': forwarded },
    })
    await using _one = await direct.connect(from('10.0.0.1'))
    expect((await refusedStock(direct.url, from('10.0.0.2'))).data).toMatchObject({ code: 'OVERLOADED' })

    const addresses: string[] = []
    await using proxied = await startLab({
      options: {
        trustProxy: true,
        limits: { maxConnectionsPerAddress: 1 },
        authenticate: ({ address }) => {
          addresses.push(address)
          return { user: { id: 'ann', role: 'member' } }
        },
      },
    })
    await using _first = await proxied.connect(from('10.0.0.1'))
    await using _second = await proxied.connect(from('10.0.0.1, 10.0.0.2'))
    await using _direct = await proxied.connect()
    expect((await refusedStock(proxied.url, from('6.6.6.6, 10.0.0.1'))).data).toMatchObject({ code: 'OVERLOADED' })
    expect(addresses).toEqual(['10.0.0.1', '10.0.0.2', '127.0.0.1'])
  })

  it('[CNX20] a transport that enters no namespace within connectTimeoutMs is closed, and so is one that is only refused', async () => {
    await using served = await startLab({ options: { limits: { connectTimeoutMs: 100 }, authenticate: () => null } })
    await using silent = await openRaw(served.port, '/lab')
    await using refused = await openRaw(served.port, '/lab')
    refused.packet('0/lab,{}')
    await using elsewhere = await openRaw(served.port, '/')
    elsewhere.packet('0')
    await elsewhere.inbox.find((message) => String(message).startsWith('44'))
    await Promise.all([silent.closed, refused.closed, elsewhere.closed])
  })

  it('[CNX21] a namespace that neither a contract nor the application serves is refused', async () => {
    await using served = await startLab()
    for (const namespace of ['/', '/attic', '/__proto__', '/lab/more', '/LAB']) {
      const { message } = await refusedStock(new URL(namespace, served.url).href)
      expect([namespace, message]).toEqual([namespace, 'Invalid namespace'])
    }
  })

  it('[CNX21] a contract may be mounted at /, and speaks without a namespace in its packets', async () => {
    const root = defineContract({
      namespace: '/',
      requests: { echo: request({ input: z.unknown(), output: z.unknown() }) },
    })
    const server = createServer().mount(
      implement<typeof root, { id: string }>(root, { requests: { echo: ({ input }) => input } }),
    )
    await using client = await connectStock(`http://127.0.0.1:${await server.listen(0)}`)
    expect(await client.call('echo', { input: 1 })).toEqual({ ok: true, data: 1 })
    expect(await client.call('echo', { input: Buffer.from('x') })).toEqual({ ok: true, data: Buffer.from('x') })
    await server.close()
    expect(await client.event('~close')).toMatchObject({ code: 'SHUTDOWN' })
  })

  it('[CNX22] too large for a payload is refused while the connection lives, up to 4 times the limit; above that it ends', async () => {
    let runs = 0
    await using served = await startLab({
      requests: { run: () => ++runs },
      options: { limits: { maxPayloadBytes: 1_000 } },
    })
    await using client = await served.raw()
    const text = (length: number): string => JSON.stringify('x'.repeat(length))
    expect(await client.call(`["run",{"input":${text(998)}}]`)).toEqual({ ok: true, data: 1 })
    for (const length of [999, 2_000, 3_900]) {
      expect(await client.call(`["run",{"input":${text(length)}}]`)).toMatchObject({
        ok: false,
        error: { code: 'PAYLOAD_TOO_LARGE' },
      })
    }
    expect(runs).toBe(1)
    await using other = await served.raw()
    client.packet(`2/lab,["run",{"input":${text(4_000)}}]`)
    expect(await client.closed).toBe(1009)
    expect(await other.request('run', { input: 1 })).toEqual({ ok: true, data: 2 })
    expect(served.errors).toEqual([])
  })

  it('[CNX23, P8] a client that stops answering pings is gone after interval and timeout, and its presence with the grace', async () => {
    const clock = manualClock({ defer: setImmediate })
    const ended = new Inbox<string>()
    await using served = await startLab({
      onDisconnect: ({ user }) => ended.push(user.id),
      options: { clock, heartbeat: { intervalMs: 100, timeoutMs: 1_000 }, limits: { presenceGraceMs: 5_000 } },
    })
    await using watcher = await served.connect({ auth: { name: 'ann' } })
    await watcher.join('desk', { id: 'a' }, { presence: { status: 'in' } })
    await using dark = await served.raw({ auth: '{"name":"bob"}', answersPings: false })
    expect(
      await dark.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } }),
    ).toMatchObject({ ok: true })
    await dark.closed
    await ended.find((name) => name === 'bob')
    const hasLeft = (left: string): boolean =>
      watcher.inbox.all.some(
        ({ name, args }) => name === '~presence' && (args[0] as { left?: string[] }).left?.includes(left),
      )
    clock.advance(4_999)
    await watcher.barrier()
    expect(hasLeft('bob')).toBe(false)
    clock.advance(1)
    await watcher.inbox.find(() => hasLeft('bob'))
    expect(ended.all).toEqual(['bob'])
  })
})
