import type { Client } from '@millrace/client'
import { freePort } from '@millrace/testing/faults'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { joinNumbers, numbers, startNodes, type BalancedNode } from './balanced-nodes.ts'
import { openSession } from './polling-session.ts'
import { startNginx, type Nginx } from './start-nginx.ts'

const patient = { timeout: 15_000 }
const webSocket = { transports: ['websocket'] } as const
const polling = { transports: ['polling'] } as const

let nodes: readonly [BalancedNode, BalancedNode]
let nginx: Nginx
let url: string
const clients: Client[] = []

beforeEach(async () => {
  nodes = await startNodes((_request, response) => void response.end())
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  const [first, second] = nodes.map((node) => `127.0.0.1:${node.port}`)
  // The third is not there.
  const gone = `127.0.0.1:${await freePort()}`
  nginx = await startNginx({ PORT: String(port), NODE1: first ?? '', NODE2: second ?? '', NODE3: gone })
  await vi.waitUntil(async () => (await fetch(url).catch(() => undefined))?.ok, patient)
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await nginx[Symbol.asyncDispose]()
  await Promise.all(nodes.map(({ server }) => server.close()))
})

async function enter(options: Parameters<typeof joinNumbers>[1]) {
  const listener = await joinNumbers(url, options)
  clients.push(listener.client)
  return listener
}

const publish = (number: number) => nodes[1].server.room(numbers, 'all', {}).publish('number', number)

it('[DPL20, DPL22] WebSocket and long-polling reach the nodes, which see who the client is', async () => {
  const lies = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  const listeners = [
    await enter({ ...webSocket, extraHeaders: lies }),
    await enter({ ...polling, extraHeaders: lies }),
    await enter(webSocket),
    await enter(webSocket),
  ]
  for (const node of nodes) expect(node.connections()).toBeGreaterThan(0)
  const session = await openSession(url)
  for (let at = 0; at < 5; at += 1) expect(await session.post()).toBe(true)
  for (let number = 1; number <= 20; number += 1) await publish(number)
  for (const { heard } of listeners) await expect.poll(() => heard.length, patient).toBe(20)
  expect(listeners.flatMap(({ troubles }) => troubles)).toEqual([])
  for (const { address, secure, headers } of nodes.flatMap((node) => node.handshakes)) {
    expect({ address, secure }).toEqual({ address: '127.0.0.1', secure: false })
    expect(headers['x-forwarded-host']).toBe(new URL(url).host)
  }
})

it('[DPL21] a node that drains, and one that is gone, is passed over', async () => {
  const [one, two] = nodes
  const listeners = [await enter(webSocket), await enter(webSocket), await enter(polling)]
  const drained = one.server.drain({ loadBalancerWaitMs: 0, overMs: 0 })
  for (let at = 0; at < 3; at += 1) listeners.push(await enter(webSocket))
  await drained
  for (let at = 0; at < 3; at += 1) listeners.push(await enter(webSocket))
  await expect.poll(() => two.connections(), patient).toBe(listeners.length)
  for (let number = 1; number <= 20; number += 1) await publish(number)
  for (const { heard } of listeners) await expect.poll(() => heard.length, patient).toBe(20)
  expect(listeners.flatMap(({ troubles }) => troubles).filter((trouble) => trouble.startsWith('gap'))).toEqual([])
})

it('[DPL23] a reload cuts nobody', async () => {
  const listeners = [await enter(webSocket), await enter(polling)]
  const workers = nginx.workers()
  nginx.reload()
  await expect.poll(() => nginx.workers().some((pid) => !workers.includes(pid)), patient).toBe(true)
  listeners.push(await enter(webSocket))
  for (let number = 1; number <= 20; number += 1) await publish(number)
  for (const { heard } of listeners) await expect.poll(() => heard.length, patient).toBe(20)
  expect(listeners.flatMap(({ troubles }) => troubles)).toEqual([])
})
