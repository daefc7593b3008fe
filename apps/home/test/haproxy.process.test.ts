import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Client } from '@millrace/client'
import { freePort, startHaproxy, type LoadBalancer } from '@millrace/testing/faults'
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { joinNumbers, numbers, startNodes, type BalancedNode } from './balanced-nodes.ts'
import { Flood } from './flood.ts'
import { queuedBytes } from './queued-bytes.ts'
import { openSession } from './polling-session.ts'

const config = readFileSync(join(import.meta.dirname, '../../../deploy/haproxy.cfg'), 'utf8')
const patient = { timeout: 15_000 }
const webSocket = { transports: ['websocket'] } as const
const polling = { transports: ['polling'] } as const

let flood: Flood
let nodes: readonly [BalancedNode, BalancedNode]
let haproxy: LoadBalancer
let url: string
const clients: Client[] = []

beforeEach(async () => {
  flood = new Flood()
  nodes = await startNodes(flood.pour)
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  vi.stubEnv('PORT', String(port))
  for (const [at, node] of nodes.entries()) vi.stubEnv(`NODE${at + 1}`, `127.0.0.1:${node.port}`)
  haproxy = await startHaproxy(config)
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
  await haproxy[Symbol.asyncDispose]()
  await Promise.all(nodes.map(({ server }) => server.close()))
  vi.unstubAllEnvs()
})

async function enter(options: Parameters<typeof joinNumbers>[1]) {
  const listener = await joinNumbers(url, options)
  clients.push(listener.client)
  return listener
}

const counts = () => nodes.map((node) => node.connections())
const publish = (number: number) => nodes[0].server.room(numbers, 'all', {}).publish('number', number)
/** Which node new connections go to, where it is the same twice. */
const answers = async () => {
  const texts = [await fetch(url), await fetch(url)].map((answer) => answer.text())
  return [...new Set(await Promise.all(texts))]
}

it('[DPL1] WebSocket connections are spread over the nodes', async () => {
  for (let at = 0; at < 6; at += 1) await enter(webSocket)
  expect(counts()).toEqual([3, 3])
})

it('[DPL2] a session of long-polling stays at its node, by cookie or by address', async () => {
  const session = await openSession(url)
  const name = session.cookie?.replace('millrace_node=', '')
  const [own, other] = nodes[0].name === name ? nodes : nodes.toReversed()
  const listener = await enter(polling)
  for (let at = 0; at < 5; at += 1) expect(await session.post()).toBe(true)
  if (own) own.isReady = false
  await expect.poll(answers, patient).toEqual([other?.name])
  expect((await openSession(url)).cookie).toBe(`millrace_node=${other?.name}`)
  for (let at = 0; at < 5; at += 1) expect(await session.post(session.cookie)).toBe(true)
  // It is the cookie that decides.
  expect(await session.post(`millrace_node=${other?.name}`)).toBe(false)
  for (let number = 1; number <= 20; number += 1) await publish(number)
  await expect.poll(() => listener.heard.length, patient).toBe(20)
})

it('[DPL3, DPL4] a node that is not ready keeps its connections and gets no new ones; where none is, those that live serve', async () => {
  const listeners = [await enter(webSocket), await enter(webSocket)]
  const [own, other] = nodes
  own.isReady = false
  await expect.poll(answers, { timeout: 2_000 }).toEqual([other.name])
  for (let at = 0; at < 3; at += 1) listeners.push(await enter(webSocket))
  expect(counts()).toEqual([1, 4])
  other.isReady = false
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status, patient).toBe(503)
  listeners.push(await enter(webSocket), await enter(polling))
  for (let number = 1; number <= 20; number += 1) await publish(number)
  for (const { heard } of listeners) await expect.poll(() => heard.length, patient).toBe(20)
  expect(listeners.flatMap(({ troubles }) => troubles)).toEqual([])
})

it('[DPL5] the nodes see who the client is, whatever it says of itself', async () => {
  const lies = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  for (const transports of [webSocket.transports, polling.transports]) {
    await enter({ transports, extraHeaders: lies })
  }
  const handshakes = nodes.flatMap((node) => node.handshakes)
  expect(handshakes).toHaveLength(2)
  for (const { address, secure, headers } of handshakes) {
    expect({ address, secure }).toEqual({ address: '127.0.0.1', secure: false })
    expect(headers['x-forwarded-host']).toBe(new URL(url).host)
  }
})

it('[DPL6] a reload cuts nobody', async () => {
  const listeners = [await enter(webSocket), await enter(polling)]
  const worker = await haproxy.workerPid()
  await haproxy.reload()
  expect(await haproxy.workerPid()).not.toBe(worker)
  listeners.push(await enter(webSocket))
  for (let number = 1; number <= 20; number += 1) await publish(number)
  for (const { heard } of listeners) await expect.poll(() => heard.length, patient).toBe(20)
  expect(listeners.flatMap(({ troubles }) => troubles)).toEqual([])
})

it('[DPL7] killed and started again, its clients come back and have missed nothing', async () => {
  const listeners = [await enter(webSocket), await enter(webSocket), await enter(polling)]
  await publish(1)
  for (const { heard } of listeners) await expect.poll(() => heard, patient).toEqual([1])
  await haproxy.kill()
  for (const { client } of listeners) await expect.poll(() => client.state.state, patient).not.toBe('connected')
  for (let number = 2; number <= 20; number += 1) await publish(number)
  await haproxy.restart()
  const all = Array.from({ length: 20 }, (_, at) => at + 1)
  for (const { heard } of listeners) await expect.poll(() => heard, patient).toEqual(all)
  expect(listeners.flatMap(({ troubles }) => troubles).filter((trouble) => trouble.startsWith('gap'))).toEqual([])
})

it('[DPL8] what a client does not read waits at the node', async () => {
  const { hostname, port } = new URL(url)
  const client = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => void client.destroy())
  client.pause().write('GET /flood HTTP/1.1\r\nHost: millrace\r\n\r\n')
  await expect.poll(() => flood.taken, patient).toBeGreaterThan(0)
  let before = 0
  const isStuck = () => before === (before = flood.taken)
  await expect.poll(isStuck, { ...patient, interval: 500 }).toBe(true)
  const held =
    queuedBytes({ local: Number(port) }) + nodes.reduce((sum, node) => sum + queuedBytes({ remote: node.port }), 0)
  expect(held).toBeGreaterThan(0)
  expect(held).toBeLessThan(1_000_000)
})

it('[DPL9] connections on which pings flow are not timed out', () => {
  const seconds = (name: string) => Number(new RegExp(`^ +timeout ${name} (\\d+)s$`, 'm').exec(config)?.[1])
  const [intervalSeconds, timeoutSeconds] = [15, 8]
  for (const name of ['client', 'server', 'tunnel'])
    expect(seconds(name)).toBeGreaterThan(intervalSeconds + timeoutSeconds)
})
