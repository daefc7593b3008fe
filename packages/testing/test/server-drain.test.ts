import { once } from 'node:events'
import { Agent, createServer as createHttp, get, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, vi } from 'vitest'
import { http, pollingPath, upgradeHeaders, webSocketPath } from './server-http.ts'
import { createLab, lab, startLab } from './server-lab.ts'
import { openRaw } from './server-raw-client.ts'
import { connectStock, stockClient } from './server-stock-client.ts'

const presence = { presence: { status: 'in' } }
const now = { loadBalancerWaitMs: 0 }

/** A drain that goes on until `open` is called: a client waits for an answer. */
async function startHeld() {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const served = await startLab({ requests: { run: () => opened } })
  const holder = await served.connect()
  const answer = holder.call('run', { input: 1 })
  await holder.barrier()
  return { served, holder, answer, open }
}

const statusOf = async (port: number, path: string) => (await http(port, path)).status

/** Refused before it reaches a namespace. */
async function untilRefused(port: number): Promise<void> {
  await vi.waitFor(async () => expect(await statusOf(port, pollingPath)).toBe(503))
}

it('[DRN1, DRN2] is not ready from the call on, and serves everybody until the load balancer had its time', async () => {
  await using served = await startLab()
  await using ada = await served.connect()
  const drained = served.server.drain({ loadBalancerWaitMs: 60_000 })
  expect(served.server.isReady()).toBe(false)
  expect([await statusOf(served.port, '/readyz'), await statusOf(served.port, '/healthz')]).toEqual([503, 200])
  await using bob = await served.connect()
  const { room } = await ada.join('desk', { id: 'a' }, presence)
  await bob.join('desk', { id: 'a' }, presence)
  expect(await ada.call('note', { room, input: { text: 'hi' } })).toMatchObject({ ok: true })
  expect(await bob.event('note')).toEqual({ text: 'hi' })
  await served.server.close()
  await drained
})

it('[DRN3] then refuses new connections, and those on their way into their first namespace', async () => {
  const { served, holder, answer, open } = await startHeld()
  await using ours = await openRaw(served.port, '/lab')
  await using stock = await openRaw(served.port, '/lab')
  const drained = served.server.drain(now)
  await untilRefused(served.port)
  const upgrade = await http(served.port, webSocketPath, { headers: upgradeHeaders })
  expect([upgrade.status, upgrade.headers['retry-after']]).toEqual([503, '1'])
  expect((await http(served.port, pollingPath)).headers['retry-after']).toBe('1')
  ours.packet('0/lab,{"millrace":1}')
  const refused = (await ours.inbox.find((message) => String(message).startsWith('44/lab,'))) as string
  expect(JSON.parse(refused.slice('44/lab,'.length))).toMatchObject({
    data: { code: 'UNAVAILABLE', retryAfterMs: 100 },
  })
  stock.packet('0/lab,{}')
  await stock.closed
  expect(stock.inbox.all.filter((message) => String(message).startsWith('44'))).toEqual([])
  expect([await statusOf(served.port, '/healthz'), holder.socket.connected]).toEqual([200, true])
  open()
  await Promise.all([answer, drained])
})

it('[DRN3] a stock client that is refused goes on trying', async () => {
  const { served, answer, open } = await startHeld()
  const drained = served.server.drain(now)
  await untilRefused(served.port)
  const client = stockClient(served.url, { reconnection: true, reconnectionDelay: 10 })
  await new Promise((resolve) => client.socket.io.once('reconnect_attempt', resolve))
  open()
  await Promise.all([answer, drained])
  const again = createLab({}, [])
  await again.listen(served.port, { host: '127.0.0.1' })
  await vi.waitFor(() => expect(client.socket.connected).toBe(true))
  client.socket.disconnect()
  await again.close()
})

it('[DRN4] closes HTTP connections with their answers, and answers what the application has begun', async () => {
  const begun: ServerResponse[] = []
  const server = createLab({}, [])
  const handler: RequestListener = (_request, response) => void begun.push(response)
  const port = await server.listen(0, { host: '127.0.0.1', handler })
  await using client = await connectStock(`http://127.0.0.1:${port}/lab`)
  const agent = new Agent({ keepAlive: true })
  const ask = (path: string) =>
    new Promise<{ connection: string | undefined; body: string; closed: Promise<unknown> }>((resolve, reject) => {
      get({ agent, port, path, host: '127.0.0.1' }, (response) => {
        const closed = once(response.socket, 'close')
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () => resolve({ connection: response.headers.connection, body, closed }))
      }).on('error', reject)
    })
  const slow = ask('/slow')
  await vi.waitFor(() => expect(begun).toHaveLength(1))
  const idle = await ask('/healthz')
  expect(idle.connection).toBe('keep-alive')
  const drained = server.drain(now)
  await idle.closed
  await client.disconnected
  begun[0]?.end('done')
  expect((await slow).body).toBe('done')
  await drained
  agent.destroy()
})

it('[DRN4] says so in every response from then on', async () => {
  const { served, answer, open } = await startHeld()
  const drained = served.server.drain(now)
  await untilRefused(served.port)
  const health = await http(served.port, '/healthz', { headers: { connection: 'keep-alive' } })
  expect([health.status, health.headers.connection]).toEqual([200, 'close'])
  open()
  await Promise.all([answer, drained])
})

it.each([['websocket'], ['polling']])(
  '[DRN8] moves a client over %s: what was sent arrives, then SHUTDOWN, then the end',
  async (transport) => {
    const served = await startLab()
    await using client = await served.connect({ transports: [transport] })
    await client.join('desk', { id: 'a' }, presence)
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    await Promise.all(Array.from({ length: 50 }, (_, index) => desk.publish('note', { text: `${index}` })))
    await served.server.drain(now)
    await client.disconnected
    const names = client.inbox.all.map((event) => event.name).filter((name) => name === 'note' || name === '~close')
    expect(names).toEqual([...Array.from({ length: 50 }, () => 'note'), '~close'])
    expect(await client.event('~close')).toEqual({
      code: 'SHUTDOWN',
      reconnect: 'backoff',
      retryAfterMs: expect.any(Number),
    })
    expect(served.errors).toEqual([])
  },
)

it('[DRN5, DRN6] a second drain is the first, and the port is free when it is over', async () => {
  const left: string[] = []
  const served = await startLab({
    onDisconnect: async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      left.push('hook')
    },
  })
  await using client = await served.connect()
  await client.barrier()
  const [one, other] = [served.server.drain(now), served.server.drain({ loadBalancerWaitMs: 60_000 })]
  expect(other).toBe(one)
  await one
  expect(left).toEqual(['hook'])
  const again = createLab({}, [])
  expect(await again.listen(served.port, { host: '127.0.0.1' })).toBe(served.port)
  await again.close()
  await createLab({}, []).drain()
})

it.each([
  ['while the load balancer has its time', { loadBalancerWaitMs: 60_000 }],
  ['while answers are waited for', { loadBalancerWaitMs: 0, answerWaitMs: 60_000 }],
])('[DRN6] close() ends a drain at once, %s', async (_when, options) => {
  const { served, holder } = await startHeld()
  const drained = served.server.drain(options)
  if (options.loadBalancerWaitMs === 0) await untilRefused(served.port)
  await served.server.close()
  await drained
  expect(await holder.event('~close')).toEqual({ code: 'SHUTDOWN', reconnect: 'backoff' })
})

it("[DRN4] leaves an application's own HTTP server as it is", async () => {
  const web = createHttp((_request, response) => response.end('the application'))
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  const { port } = web.address() as AddressInfo
  const server = createLab({}, [])
  await server.attach(web)
  await using client = await connectStock(`http://127.0.0.1:${port}/lab`)
  await server.drain(now)
  await client.disconnected
  const page = await http(port, '/page', { headers: { connection: 'keep-alive' } })
  expect([page.body, page.headers.connection]).toEqual(['the application', 'keep-alive'])
  await new Promise((resolve) => web.close(resolve))
})
