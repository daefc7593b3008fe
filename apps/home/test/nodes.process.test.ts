import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chat } from '@millrace/app-chat/contract'
import { openChatStore } from '@millrace/app-chat/server'
import { startPostgres } from '@millrace/app-database/test-postgres'
import { createClient, type Client } from '@millrace/client'
import { roomKey } from '@millrace/contract'
import { redis } from '@millrace/redis'
import { systemContext } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { openDemos, type Demos } from '../open-demos.ts'
import { readSettings } from '../settings.ts'

const patient = { timeout: 20_000 }

/** What nodes share, and nodes in this process. */
async function share() {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-nodes-'))
  const [server, postgres] = await Promise.all([startRedis(['--appendonly', 'yes']), startPostgres()])
  const databaseUrl = await postgres.createDatabase()
  const errors: unknown[] = []
  const opened: Demos[] = []
  onTestFinished(async () => {
    await Promise.all(opened.map((demos) => demos.close()))
    await Promise.all([server[Symbol.asyncDispose](), postgres[Symbol.asyncDispose]()])
    rmSync(folder, { recursive: true })
    expect(errors).toEqual([])
  })
  const start = async (name: string) => {
    const shared = {
      REDIS_URL: server.url,
      DATABASE_URL: databaseUrl,
      SESSION_SECRET: 'one secret for each of the nodes',
    }
    const settings = readSettings({ PORT: '0', DATA_DIR: folder, NODE_NAME: name, ...shared })
    const demos = await openDemos({ settings, onError: (error) => void errors.push(error) })
    opened.push(demos)
    return { demos, url: `http://localhost:${await demos.listen()}` }
  }
  return { redisUrl: server.url, databaseUrl, start }
}

let guests = 0
async function listen(url: string) {
  guests += 1
  const auth = { guest: `guest-${guests}`.padEnd(22, '0') }
  const client: Client = createClient({ url, auth, reconnect: { minDelayMs: 20, maxDelayMs: 200 } })
  onTestFinished(() => client.close())
  const heard: number[] = []
  const room = client.use(pulse).room('pulse')
  room.on('tick', ({ n }) => void heard.push(n))
  await room.join()
  return { client, room, heard, about: () => client.use(pulse).request('about', {}) }
}

const count = (first: number | undefined, length: number) => Array.from({ length }, (_, at) => (first ?? 0) + at)

it('[HOM26, HOM27, HOM28, APP47] nodes tick one at a time, and the ticks go on where that node is gone', async () => {
  const { start } = await share()
  const [one, two] = [await start('node-1'), await start('node-2')]
  const ada = await listen(two.url)
  expect(await ada.about()).toMatchObject({ node: 'node-2', process: process.pid, canFreeze: false })
  await expect.poll(() => ada.heard.length, patient).toBeGreaterThan(20)
  await expect.poll(() => ada.room.state('nodes').get(''), patient).toEqual({ count: 2 })
  await one.demos.close()
  await expect.poll(() => ada.room.state('nodes').get(''), patient).toEqual({ count: 1 })
  const length = ada.heard.length
  await expect.poll(() => ada.heard.length, patient).toBeGreaterThan(length + 20)
  expect(ada.heard).toEqual(count(ada.heard[0], ada.heard.length))
})

it('[APP42] nodes that start at once publish what a dead one left, once', async () => {
  const { redisUrl, databaseUrl, start } = await share()
  const left = await openChatStore({ databaseUrl })
  await left.enter({ id: 'ada', name: 'Ada' })
  const keys = Array.from({ length: 20 }, (_, at) => `k${at}`)
  const write = { userId: 'ada', conversationId: 'random' }
  for (const key of keys) await left.send({ ...write, key }, { text: key, mentions: [] }, undefined)
  await Promise.all(['node-1', 'node-2', 'node-3'].map((name) => start(name)))
  expect(await left.unpublished()).toEqual([])
  await left.close()
  const store = await redis({ url: redisUrl }).open(systemContext())
  const room = roomKey(chat.namespace, 'conversation', { conversationId: 'random' })
  const query = { direction: 'before', position: null, limit: 100, maxBytes: 1_000_000 } as const
  const page = await store.log.read(room, query)
  await store.close()
  expect(page.kind === 'page' && page.entries.map(({ key }) => key)).toEqual(keys)
})
