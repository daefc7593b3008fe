import { createServer as createHttp, get } from 'node:http'
import { createServer as createTls } from 'node:https'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { http } from './server-http.ts'
import { createLab, lab, startLab } from './server-lab.ts'
import { connectStock, refusedStock } from './server-stock-client.ts'

const presence = { presence: { status: 'in' } }
const shutdown = { code: 'SHUTDOWN', reconnect: 'backoff' }

async function listen(server: ReturnType<typeof createHttp> | ReturnType<typeof createTls>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A key and a certificate that it signs itself. */
function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')] as const
  const options = [
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ]
  execFileSync(process.env.MILLRACE_OPENSSL || 'openssl', ['req', ...options, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  const pair = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(folder, { recursive: true })
  return pair
}

describe('closing', () => {
  it.each([['websocket'], ['polling']])(
    '[CNX24] close() over %s: what was sent arrives, then SHUTDOWN, then the end',
    async (transport) => {
      const served = await startLab({ requests: { run: () => 'x'.repeat(50_000) } })
      await using client = await served.connect({ transports: [transport] })
      await client.join('desk', { id: 'a' }, presence)
      const answers = Array.from({ length: 20 }, (_, input) => client.call('run', { input }))
      await client.call('run', { input: 'last' })
      const desk = served.server.room(lab, 'desk', { id: 'a' })
      await Promise.all(Array.from({ length: 50 }, (_, index) => desk.publish('note', { text: `${index}` })))
      await served.server.close()
      await client.disconnected
      expect(await Promise.all(answers)).toHaveLength(20)
      const names = client.inbox.all.map((event) => event.name).filter((name) => name === 'note' || name === '~close')
      expect(names).toEqual([...Array.from({ length: 50 }, () => 'note'), '~close'])
      expect(await client.event('~close')).toEqual(shutdown)
      expect(served.errors).toEqual([])
    },
  )

  it('[CNX25] close() resolves once for all callers, also with nobody connected, and frees the port', async () => {
    const served = await startLab()
    await Promise.all([served.server.close(), served.server.close()])
    await served.server.close()
    expect(served.server.isReady()).toBe(false)
    await using next = await startLab()
    const again = createLab({}, [])
    expect(await again.listen(served.port, { host: '127.0.0.1' })).toBe(served.port)
    await again.close()
    expect(next.server.isReady()).toBe(true)
  })

  it('[CNX26] attach() serves beside the application, and close() leaves its HTTP server running', async () => {
    const errors: unknown[] = []
    const web = createHttp((_request, response) => response.end('the application'))
    const port = await listen(web)
    const server = createLab({}, errors)
    await server.attach(web)
    const url = `http://127.0.0.1:${port}/lab`
    await using client = await connectStock(url)
    expect((await http(port, '/page')).body).toBe('the application')
    await client.barrier()
    await server.close()
    expect(await client.event('~close')).toEqual(shutdown)
    expect((await http(port, '/page')).body).toBe('the application')
    expect((await refusedStock(url)).message).not.toContain('the server accepted')
    await new Promise((resolve) => web.close(resolve))
    expect(errors).toEqual([])
  })

  it('[CNX27] a port that is taken is one sentence that names it, and nothing is left open', async () => {
    await using served = await startLab()
    const second = createLab({}, [])
    const error: unknown = await second.listen(served.port, { host: '127.0.0.1' }).catch((thrown: unknown) => thrown)
    expect((error as Error).message).toBe(
      `port ${served.port} is taken; stop what listens there or choose another port`,
    )
    expect(second.isReady()).toBe(false)
    await using client = await served.connect()
    await client.barrier()
  })

  it('[CNX28] wss works through an HTTPS server of the application, and authenticate knows', async () => {
    const pair = selfSigned()
    const web = createTls(pair)
    const secure: boolean[] = []
    const server = createLab(
      {
        options: {
          authenticate: (handshake) => (secure.push(handshake.secure), { user: { id: 'ann', role: 'member' } }),
        },
      },
      [],
    )
    await server.attach(web)
    const url = `https://localhost:${await listen(web)}/lab`
    for (const transport of ['websocket', 'polling']) {
      await using client = await connectStock(url, { transports: [transport], ca: pair.cert })
      const { room } = await client.join('desk', { id: transport }, presence)
      expect(await client.call('note', { room, input: { text: 'hi' } })).toMatchObject({ ok: true })
      expect(await client.event('note')).toEqual({ text: 'hi' })
    }
    expect(secure).toEqual([true, true])
    await server.close()
    await new Promise((resolve) => web.close(resolve))
  })

  it('[CNX29] /healthz says that the process lives, /readyz that it delivers; the rest is the handler of the application', async () => {
    const server = createLab({}, [])
    const port = await server.listen(0, { handler: (request, response) => void response.end(`page ${request.url}`) })
    const statuses = await Promise.all(
      ['/healthz', '/readyz', '/readyz?deep=1'].map(async (path) => (await http(port, path)).status),
    )
    expect(statuses).toEqual([200, 200, 200])
    expect((await http(port, '/anything')).body).toBe('page /anything')
    await server.close()
    await expect(
      new Promise((_resolve, reject) => get({ port, host: '127.0.0.1' }).on('error', reject)),
    ).rejects.toThrow('ECONNREFUSED')
  })

  it('[CNX30] what is called too early or too late says so', async () => {
    const server = createLab({}, [])
    expect(() => server.room(lab, 'desk', { id: 'a' })).toThrow(/not open; await listen\(\) or attach\(\) first/)
    await server.listen(0)
    expect(() => server.mount({ contract: lab, handlers: {} })).toThrow(/before listen/)
    await expect(server.listen(0)).rejects.toThrow(/open already/)
    await server.close()
  })
})
