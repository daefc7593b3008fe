import { describe, expect, it } from 'vitest'
import { defineContract } from '@millrace/contract'
import { implement, type Authenticate } from '@millrace/server'
import { manualClock } from '@millrace/testing'
import { createLab, startLab, type LabUser } from './server-lab.ts'
import { openRaw } from './server-raw-client.ts'

const other = defineContract({ namespace: '/other' })
const close = { code: 'UNAUTHENTICATED', reconnect: 'after-auth' }

/** `auth` is `{ name, forMs }`: credentials that end after `forMs`. */
function expiring(): { clock: ReturnType<typeof manualClock>; authenticate: Authenticate<LabUser> } {
  const clock = manualClock({ defer: setImmediate })
  return {
    clock,
    authenticate: ({ auth }) => {
      if (auth.name === 'bad') return null
      return { user: { id: String(auth.name), role: 'member' }, expiresAt: clock.now() + Number(auth.forMs) }
    },
  }
}

describe('credentials that end', () => {
  it('[CNX10] close the connection at that moment, with UNAUTHENTICATED and after-auth in every namespace', async () => {
    const { clock, authenticate } = expiring()
    const errors: unknown[] = []
    const server = createLab({ options: { clock, authenticate } }, errors).mount(
      implement<typeof other, LabUser>(other, {}),
    )
    await using client = await openRaw(await server.listen(0), '/lab')
    client.packet('0/lab,{"name":"ann","forMs":60000}')
    client.packet('0/other,')
    for (const namespace of ['/lab', '/other'])
      await client.inbox.find((message) => String(message).startsWith(`42${namespace},["~hello"`))
    clock.advance(59_999)
    expect(await client.request('~ping')).toEqual({ ok: true })
    clock.advance(1)
    await client.closed
    const last = client.inbox.all.slice(-2)
    expect(last).toEqual([`42/lab,["~close",${JSON.stringify(close)}]`, `42/other,["~close",${JSON.stringify(close)}]`])
    await server.close()
    expect(errors).toEqual([])
  })

  it('[CNX10] close it too while the client is in no namespace', async () => {
    const { clock, authenticate } = expiring()
    await using served = await startLab({ options: { clock, authenticate } })
    await using client = await served.raw({ auth: '{"name":"ann","forMs":60000}' })
    client.packet('1/lab,')
    clock.advance(60_000)
    await client.closed
  })

  it('[CNX10] that end later than a timer can count do not end now', async () => {
    const { clock, authenticate } = expiring()
    await using served = await startLab({ options: { clock, authenticate } })
    await using client = await served.connect({ auth: { name: 'ann', forMs: 2 ** 33 } })
    clock.advance(2 ** 32)
    await client.barrier()
    clock.advance(2 ** 32)
    expect(await client.event('~close')).toEqual(close)
  })

  it('[CNX11] ~auth renews them on the living connection; handlers see the new user', async () => {
    const { clock, authenticate } = expiring()
    let roles = 0
    await using served = await startLab({
      options: {
        clock,
        authenticate: async (handshake) => {
          const result = await authenticate(handshake)
          return result && { ...result, user: { ...result.user, role: roles++ === 0 ? 'member' : 'owner' } }
        },
      },
      requests: { run: ({ user }) => user.role },
    })
    await using client = await served.connect({ auth: { name: 'ann', forMs: 60_000 } })
    expect(await client.call('run', {})).toEqual({ ok: true, data: 'member' })
    clock.advance(50_000)
    expect(await client.call('~auth', { auth: { name: 'ann', forMs: 60_000 } })).toEqual({ ok: true })
    clock.advance(20_000)
    expect(await client.call('run', {})).toEqual({ ok: true, data: 'owner' })
    clock.advance(40_000)
    expect(await client.event('~close')).toEqual(close)
  })

  it('[CNX12] a renewal that is refused or cannot be read leaves the connection as it was', async () => {
    const { clock, authenticate } = expiring()
    await using served = await startLab({ options: { clock, authenticate } })
    await using client = await served.raw({ auth: '{"name":"ann","forMs":60000}' })
    const code = async (argument: string): Promise<unknown> => {
      const answer = await client.call(`["~auth"${argument}]`)
      return answer.ok ? 'ok' : answer.error.code
    }
    expect(await code(',{"auth":{"name":"bad"}}')).toBe('UNAUTHENTICATED')
    expect(await code(',{"auth":{"name":"ann","forMs":0}}')).toBe('UNAUTHENTICATED')
    expect(await code(',{"auth":{"name":"ann","forMs":"soon"}}')).toBe('INTERNAL')
    for (const argument of [
      '',
      ',7',
      ',null',
      ',{}',
      ',{"auth":null}',
      ',{"auth":[]}',
      ',{"auth":"token"}',
      ',{"auth":{"__proto__":{}}}',
    ]) {
      expect([argument, await code(argument)]).toEqual([argument, 'INVALID_INPUT'])
    }
    clock.advance(59_999)
    expect(await client.request('~ping')).toEqual({ ok: true })
    clock.advance(1)
    await client.closed
    expect(client.inbox.all.at(-1)).toContain('UNAUTHENTICATED')
  })

  it("[CNX13] another user's credentials are FORBIDDEN, and then the connection ends for good", async () => {
    await using served = await startLab()
    await using client = await served.connect({ auth: { name: 'ann' } })
    expect(await client.call('~auth', { auth: { name: 'bob' } })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    })
    expect(await client.event('~close')).toEqual({ code: 'FORBIDDEN', reconnect: 'never' })
    expect(await client.disconnected).toMatch(/transport close|io server disconnect/)
  })
})
