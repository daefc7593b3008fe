import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { charts } from '@millrace/app-charts/contract'
import { chat } from '@millrace/app-chat/contract'
import { collab } from '@millrace/app-collab/contract'
import { createClient, type Client } from '@millrace/client'
import { expect, it, onTestFinished } from 'vitest'
import { openDemos } from '../open-demos.ts'
import { signSession, type Session } from '../session-token.ts'
import { readSettings } from '../settings.ts'

const secret = 'a secret of more than 32 characters'
const browserKey = 'k'.repeat(43)

async function start(env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-demos-'))
  const errors: unknown[] = []
  const settings = readSettings({ PORT: '0', DATA_DIR: folder, SESSION_SECRET: secret, ...env })
  const lines: string[] = []
  const demos = await openDemos({
    settings,
    onLine: ({ level, text }) => void lines.push(`${level} ${text}`),
    onError: (error) => void errors.push(error),
  })
  const url = `http://localhost:${await demos.listen()}`
  const clients: Client[] = []
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.close()))
    await demos.close()
    rmSync(folder, { recursive: true })
    expect(errors).toEqual([])
  })
  const guest = () => {
    const client = createClient({ url, auth: { guest: 'g'.repeat(22) } })
    clients.push(client)
    return client
  }
  return {
    url,
    lines,
    guest,
    connect: (cookie: string, key = browserKey) => {
      const client = createClient({ url, auth: { browserKey: key }, extraHeaders: { cookie } })
      clients.push(client)
      return client
    },
  }
}

async function enter(url: string, name: string): Promise<Session & { readonly cookie: string }> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/session`, { method: 'POST', headers, body: JSON.stringify({ name, browserKey }) })
  return { ...((await answer.json()) as Session), cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

/** Why a client has no connection, once it knows. */
function refusalOf(client: Client): Promise<string> {
  return new Promise((resolve) => {
    client.onState((state) => {
      if (state.state === 'waiting' || state.state === 'gave-up')
        resolve(`${state.reason.code}: ${state.reason.message}`)
    })
    client.use(chat)
    client.connect().catch(() => {})
  })
}

it('[APP8] who entered with a name is that user in the chat, and has its list', async () => {
  const { url, connect } = await start()
  const { id, cookie } = await enter(url, 'Ada')
  const space = connect(cookie).use(chat)
  expect(await space.request('whoami', {})).toEqual({ id, name: 'Ada' })
  const { snapshot } = await space.room('inbox', { userId: id }).join()
  expect(snapshot.conversations.length).toBeGreaterThan(0)
})

it('[APP34, APP41] a stolen, an expired and a forged cookie let nobody in, and it says why', async () => {
  const { url, connect } = await start()
  const { id, cookie } = await enter(url, 'Ada')
  const sign = (key: string, expiresAt: number) =>
    signSession(new TextEncoder().encode(key), { id, name: 'Ada', expiresAt }, browserKey)
  const expired = `millrace_session=${await sign(secret, Date.now() - 1_000)}`
  const forged = `millrace_session=${await sign('another secret of more than 32 characters', Date.now() + 60_000)}`
  const again = 'enter your name again'
  expect(await refusalOf(connect(cookie, 'x'.repeat(43)))).toMatch(
    new RegExp(`^UNAUTHENTICATED: .*this session belongs to another browser; ${again}$`),
  )
  expect(await refusalOf(connect(expired))).toMatch(
    new RegExp(`^UNAUTHENTICATED: .*this session has expired; ${again}$`),
  )
  expect(await refusalOf(connect(forged))).toMatch(
    new RegExp(`^UNAUTHENTICATED: .*this session was not made by this server; ${again}$`),
  )
  expect(await refusalOf(connect('theme=dark'))).toMatch(/^UNAUTHENTICATED: .*no session; enter your name$/)
})

it('[COL35] who has a name has everybody’s documents, and guests have none', async () => {
  const { url, connect, guest } = await start()
  const { id, cookie } = await enter(url, 'Ada')
  const space = connect(cookie).use(collab)
  const { snapshot } = await space.room('shelf', { userId: id }).join()
  expect(snapshot.documents.map(({ id: documentId, role }) => [documentId, role])).toEqual([
    ['welcome', 'editor'],
    ['summer-party', 'editor'],
    ['writing-guide', 'reader'],
  ])
  const page = space.room('page', { documentId: 'welcome' })
  await page.join({ presence: { clientId: 1, state: null } })
  const { updates, canWrite } = await page.request('open', { stateVector: null })
  // A text stands in an update as it is.
  expect(Buffer.from(updates).toString()).toContain('# Welcome\n')
  expect(canWrite).toBe(true)
  const nameless = guest().use(collab)
  const forbidden = { code: 'FORBIDDEN' }
  await expect(nameless.request('whoami', {})).rejects.toMatchObject(forbidden)
  await expect(nameless.room('desk', { documentId: 'welcome' }).join()).rejects.toMatchObject(forbidden)
})

it('[CHT19, CHT20] guests watch the charts, and set the rate where it is no production', async () => {
  const { guest } = await start()
  const space = guest().use(charts)
  for (const name of ['machines', 'log', 'wishes'] as const) await space.room(name).join()
  const market = space.room('market')
  await market.join()
  await expect(market.request('rate.set', { perSecond: 100 })).resolves.toEqual({ perSecond: 100 })
})

it('[CHT19] in production who has a name sets the rate, and guests do not', async () => {
  const { url, connect, guest } = await start({ NODE_ENV: 'production' })
  const setRate = async (client: Client) => {
    const market = client.use(charts).room('market')
    await market.join()
    return market.request('rate.set', { perSecond: 100 })
  }
  await expect(setRate(guest())).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { cookie } = await enter(url, 'Ada')
  await expect(setRate(connect(cookie))).resolves.toEqual({ perSecond: 100 })
})

it('[CHT34, CHT36] the log tells of every demo', async () => {
  const { url, lines, connect } = await start()
  const { id, cookie } = await enter(url, 'Ada')
  await connect(cookie).use(chat).room('inbox', { userId: id }).join()
  expect(lines[0]).toMatch(/^info listens on port \d+/)
  expect(lines).toContain('debug /chat: a connection was opened')
  expect(lines).toContain('debug /chat: somebody joined inbox')
  expect(lines.join()).not.toMatch(new RegExp(`Ada|${id}`))
})
