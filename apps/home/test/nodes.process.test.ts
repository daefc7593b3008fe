import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@millrace/app-database/test-postgres'
import { createClient, type Client } from '@millrace/client'
import { startRedis } from '@millrace/testing/faults'
import { expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { openDemos, type Demos } from '../open-demos.ts'
import { readSettings } from '../settings.ts'

const patient = { timeout: 20_000 }

/** Nodes in this process, on a Redis and a PostgreSQL of their own. */
async function startNodes(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-nodes-'))
  const [redis, postgres] = await Promise.all([startRedis(['--appendonly', 'yes']), startPostgres()])
  const errors: unknown[] = []
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    REDIS_URL: redis.url,
    DATABASE_URL: await postgres.createDatabase(),
    SESSION_SECRET: 'one secret for each of the nodes that there are',
  }
  const nodes: { readonly demos: Demos; readonly url: string }[] = []
  for (let at = 1; at <= count; at += 1) {
    const settings = readSettings({ ...env, NODE_NAME: `node-${at}` })
    const demos = await openDemos({ settings, onError: (error) => void errors.push(error) })
    nodes.push({ demos, url: `http://localhost:${await demos.listen()}` })
  }
  onTestFinished(async () => {
    await Promise.all(nodes.map(({ demos }) => demos.close()))
    await Promise.all([redis[Symbol.asyncDispose](), postgres[Symbol.asyncDispose]()])
    rmSync(folder, { recursive: true })
    expect(errors).toEqual([])
  })
  return nodes
}

let guests = 0
async function listen(url: string | undefined) {
  guests += 1
  const auth = { guest: `guest-${guests}`.padEnd(22, '0') }
  const client: Client = createClient({ url: url ?? '', auth, reconnect: { minDelayMs: 20, maxDelayMs: 200 } })
  onTestFinished(() => client.close())
  const heard: number[] = []
  const room = client.use(pulse).room('pulse')
  room.on('tick', ({ n }) => void heard.push(n))
  await room.join()
  return { client, room, heard, about: () => client.use(pulse).request('about', {}) }
}

const count = (first: number | undefined, length: number) => Array.from({ length }, (_, at) => (first ?? 0) + at)

it('[HOM26, HOM27, HOM28, APP47] nodes tick one at a time, and the ticks go on where that node is gone', async () => {
  const [one, two] = await startNodes(2)
  const ada = await listen(two?.url)
  expect(await ada.about()).toMatchObject({ node: 'node-2', process: process.pid, canFreeze: false })
  await expect.poll(() => ada.heard.length, patient).toBeGreaterThan(20)
  await expect.poll(() => ada.room.state('nodes').get(''), patient).toEqual({ count: 2 })
  await one?.demos.close()
  await expect.poll(() => ada.room.state('nodes').get(''), patient).toEqual({ count: 1 })
  const length = ada.heard.length
  await expect.poll(() => ada.heard.length, patient).toBeGreaterThan(length + 20)
  expect(ada.heard).toEqual(count(ada.heard[0], ada.heard.length))
})
