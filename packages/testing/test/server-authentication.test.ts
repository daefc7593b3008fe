import { describe, expect, it } from 'vitest'
import { bytes, defineContract, event, fail } from '@millrace/contract'
import { createServer, implement, type Authenticate } from '@millrace/server'
import { manualClock } from '@millrace/testing'
import { Inbox } from './server-inbox.ts'
import { createLab, startLab, type LabUser } from './server-lab.ts'
import { openRaw } from './server-raw-client.ts'
import { connectStock, refusedStock } from './server-stock-client.ts'

const ann = { id: 'ann', role: 'member' } as const
const other = defineContract({ namespace: '/other', events: { file: event(bytes()) } })

function refusalOf(authenticate: Authenticate<LabUser>): Promise<{ error: unknown; reported: unknown[] }> {
  return (async () => {
    await using served = await startLab({ options: { authenticate } })
    const { message, data } = await refusedStock(served.url)
    expect((data as { message: string }).message).toBe(message)
    return { error: data, reported: served.errors }
  })()
}

describe('authentication', () => {
  it('[CNX1] null, and credentials that have expired, are UNAUTHENTICATED in the data of connect_error', async () => {
    const message = expect.any(String) as string
    expect(await refusalOf(() => null)).toEqual({ error: { code: 'UNAUTHENTICATED', message }, reported: [] })
    expect(await refusalOf(async () => ({ user: ann, expiresAt: Date.now() - 1 }))).toEqual({
      error: { code: 'UNAUTHENTICATED', message },
      reported: [],
    })
  })

  it('[CNX2] an error of the table is what the client is told; anything else is INTERNAL and reported', async () => {
    const refuse = (): never => {
      throw fail('FORBIDDEN', 'you are banned', { retryAfterMs: 9 })
    }
    expect(await refusalOf(refuse)).toEqual({
      error: { code: 'FORBIDDEN', message: 'you are banned', retryAfterMs: 9 },
      reported: [],
    })
    const secret = new Error('the password is hunter2')
    const faults: Authenticate<LabUser>[] = [
      () => {
        throw secret
      },
      () => Promise.reject(secret),
      () => Promise.reject(undefined as unknown as Error),
      () => Promise.reject(fail('FORBIDDEN', 'a reason that JSON cannot hold', { data: 1n })),
      () => undefined as unknown as null,
      () => ({ user: undefined }) as unknown as null,
      () => ({ user: { id: '' } }) as unknown as null,
      () => ({ user: { id: 7 } }) as unknown as null,
      () => ({ user: ann, expiresAt: new Date() }) as unknown as null,
      () => ({ user: ann, expiresAt: Number.NaN }),
    ]
    for (const fault of faults) {
      const { error, reported } = await refusalOf(fault)
      expect(error).toEqual({ code: 'INTERNAL', message: 'the server failed to authenticate; it was reported there' })
      expect(reported).toHaveLength(1)
    }
  })

  it('[CNX3] one that hangs is UNAVAILABLE after 5 s, and the server lives', async () => {
    const clock = manualClock({ defer: setImmediate })
    const asked = new Inbox<string>()
    const authenticate: Authenticate<LabUser> = ({ auth }) => {
      asked.push(String(auth.name))
      return auth.name === 'slow' ? new Promise(() => undefined) : { user: ann }
    }
    await using served = await startLab({ options: { authenticate, clock } })
    const refused = refusedStock(served.url, { auth: { name: 'slow' } })
    await asked.find((name) => name === 'slow')
    clock.advance(4_999)
    await using quick = await served.connect({ auth: { name: 'quick' } })
    clock.advance(1)
    expect((await refused).data).toMatchObject({ code: 'UNAVAILABLE' })
    await quick.barrier()
  })

  it('[CNX4] runs once per transport connection, whatever the number of namespaces, with the auth of the first', async () => {
    const handshakes: unknown[] = []
    const errors: unknown[] = []
    const authenticate: Authenticate<LabUser> = async ({ auth }) => {
      handshakes.push(auth.name)
      return { user: { id: String(auth.name), role: 'member' } }
    }
    const users = new Inbox<string>()
    const server = createLab({ options: { authenticate } }, errors)
    server.mount(implement<typeof other, LabUser>(other, { onConnect: ({ user }) => users.push(user.id) }))
    const port = await server.listen(0)
    await using client = await openRaw(port, '/lab')
    client.packet('0/lab,{"name":"ann"}')
    client.packet('0/other,{"name":"bob"}')
    for (const namespace of ['/lab', '/other'])
      await client.inbox.find((message) => String(message).startsWith(`40${namespace},`))
    expect(await users.find(() => true)).toBe('ann')
    expect(handshakes).toEqual(['ann'])
    await server.close()
    expect(errors).toEqual([])
  })

  it('[CNX5] gets headers, query, auth, address and whether the client came over TLS', async () => {
    const handshakes: unknown[] = []
    const authenticate: Authenticate<LabUser> = (handshake) => {
      handshakes.push(handshake)
      return { user: ann }
    }
    await using served = await startLab({ options: { authenticate } })
    await using _client = await served.connect({
      auth: { token: 't' },
      query: { page: '7' },
      extraHeaders: { cookie: 'a=b' },
    })
    expect(handshakes).toEqual([
      {
        headers: expect.objectContaining({ cookie: 'a=b' }) as object,
        query: expect.objectContaining({ page: '7' }) as object,
        auth: { token: 't' },
        address: '127.0.0.1',
        secure: false,
      },
    ])
  })

  it('[CNX6] auth that reaches prototypes or exceeds a limit is refused before authenticate sees it', async () => {
    let calls = 0
    const authenticate: Authenticate<LabUser> = () => {
      calls++
      return { user: ann }
    }
    await using served = await startLab({ options: { authenticate } })
    const deep = '['.repeat(40) + ']'.repeat(40)
    const rows = {
      '{"__proto__":{"id":"root"}}': 'INVALID_INPUT',
      '{"a":{"constructor":1}}': 'INVALID_INPUT',
      [`{"a":${deep}}`]: 'PAYLOAD_TOO_LARGE',
    }
    for (const [auth, code] of Object.entries(rows)) {
      await using client = await openRaw(served.port, '/lab', {
        query: '&__proto__=x&constructor=y&__proto__[id]=root',
      })
      client.packet(`0/lab,${auth}`)
      const refused = String(await client.inbox.find((message) => String(message).startsWith('44/lab,')))
      expect(JSON.parse(refused.slice('44/lab,'.length))).toMatchObject({ data: { code } })
    }
    expect(calls).toBe(0)
    expect(({} as { id?: unknown }).id).toBeUndefined()
  })

  it('[CNX7] by default everybody is a guest, the same for the same client id', async () => {
    const guests: string[] = []
    const server = createServer().mount(
      implement<typeof other, { id: string }>(other, { onConnect: ({ user }) => void guests.push(user.id) }),
    )
    const url = `http://127.0.0.1:${await server.listen(0)}/other`
    for (const client of ['c1', 'c1', 'c2', undefined, 'x'.repeat(65), 7]) {
      await using connected = await connectStock(url, { auth: { client } })
      await connected.barrier()
    }
    const [first, again, ...others] = guests
    expect(again).toBe(first)
    expect(new Set([first, ...others]).size).toBe(5)
    for (const guest of guests) expect(guest).toMatch(/^guest-.{8,64}$/)
    await server.close()
  })
})
