import { describe, expect, it } from 'vitest'
import { http, pollingPath, pollingSession, upgradeHeaders, webSocketPath } from './server-http.ts'
import { startLab, type Lab } from './server-lab.ts'

const host = 'chat.example.com'

/** Status of a polling handshake, a WebSocket handshake, a later polling request, and an upgrade of a polling session. */
async function statuses({ port }: Lab, headers: Record<string, string>): Promise<number[]> {
  const polling = await http(port, pollingPath, { headers })
  const webSocket = await http(port, webSocketPath, { headers: { ...upgradeHeaders, ...headers } })
  const sid = await pollingSession(port)
  const later = await http(port, `${pollingPath}&sid=${sid}`, { method: 'POST', body: '40/lab,{}', headers })
  const upgrade = await http(port, `${webSocketPath}&sid=${await pollingSession(port)}`, {
    headers: { ...upgradeHeaders, ...headers },
  })
  return [polling.status, webSocket.status, later.status, upgrade.status]
}

const allowed = [200, 101, 200, 101]
const refused = [403, 403, 403, 403]

describe('origins', () => {
  it('[CNX14] same origin by default, on handshakes, upgrades and later requests; clients without Origin are no browsers', async () => {
    await using served = await startLab()
    expect(await statuses(served, { host })).toEqual(allowed)
    for (const origin of [`https://${host}`, `http://${host}`, `https://${host.toUpperCase()}`]) {
      expect([origin, await statuses(served, { host, origin })]).toEqual([origin, allowed])
    }
    for (const origin of [
      'https://evil.example',
      `https://${host}.evil.example`,
      `https://${host}:8443`,
      'null',
      '',
      'https://',
      'file://',
      host,
    ]) {
      expect([origin, await statuses(served, { host, origin })]).toEqual([origin, refused])
    }
  })

  it('[CNX14] an Origin that cannot be read is refused also where there is no Host', async () => {
    await using served = await startLab()
    const { status } = await http(served.port, pollingPath, {
      headers: { origin: 'null', connection: 'close' },
      setHost: false,
    })
    expect(status).not.toBe(200)
  })

  it('[CNX15] an allow-list adds front ends elsewhere, with CORS headers for them and for nobody else', async () => {
    await using served = await startLab({ options: { origins: ['https://app.example.com'] } })
    const front = { host, origin: 'https://app.example.com' }
    expect(await statuses(served, front)).toEqual(allowed)
    expect(await statuses(served, { host, origin: `https://${host}` })).toEqual(allowed)
    expect(await statuses(served, { host, origin: 'https://evil.example' })).toEqual(refused)
    const { headers } = await http(served.port, pollingPath, { headers: front })
    expect(headers).toMatchObject({
      'access-control-allow-origin': front.origin,
      'access-control-allow-credentials': 'true',
    })
    const preflight = await http(served.port, pollingPath, {
      method: 'OPTIONS',
      headers: { ...front, 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, front.origin])
    for (const method of ['GET', 'OPTIONS']) {
      const evil = await http(served.port, pollingPath, { method, headers: { host, origin: 'https://evil.example' } })
      expect(evil.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it('[CNX16] any origin may connect where the operator says so', async () => {
    await using served = await startLab({ options: { origins: 'any' } })
    const origin = 'https://elsewhere.example'
    expect(await statuses(served, { host, origin })).toEqual(allowed)
    expect((await http(served.port, pollingPath, { headers: { host, origin } })).headers).toMatchObject({
      'access-control-allow-origin': origin,
    })
  })

  it('[CNX17] X-Forwarded-Host counts only with trustProxy', async () => {
    const behind = { host: 'node1.internal', 'x-forwarded-host': host, origin: `https://${host}` }
    await using direct = await startLab()
    expect(await statuses(direct, behind)).toEqual(refused)
    await using proxied = await startLab({ options: { trustProxy: true } })
    expect(await statuses(proxied, behind)).toEqual(allowed)
    expect(await statuses(proxied, { ...behind, origin: 'https://evil.example' })).toEqual(refused)
    expect(await statuses(proxied, { host, origin: `https://${host}` })).toEqual(allowed)
  })
})
