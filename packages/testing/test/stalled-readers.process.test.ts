import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { defineContract, event, room } from '@millrace/contract'
import { implement } from '@millrace/server'
import { startTestServer } from '@millrace/testing'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { largestHeld } from './server-sockets.ts'

const isLong = process.env.MILLRACE_LONG === '1'
const stalledReaders = 100
const otherReaders = isLong ? 900 : 200
/** How long the room of the stalled readers goes on once all of them are behind; after a minute they would be closed. */
const stallMs = isLong ? 50_000 : 1_000
const eventBytes = 20_000
const eventsPerSecond = 50
/** Until all has been heard in the end: some 5 GB in the long form. */
const catchUpMs = isLong ? 400_000 : 40_000

const note = event(z.object({ text: z.string() }))
const stall = defineContract({
  namespace: '/stall',
  rooms: { flood: room({ events: { note }, history: { maxBytes: 200_000_000 } }), calm: room({ events: { note } }) },
})
const application = implement(stall, {
  rooms: { flood: { authorize: () => true }, calm: { authorize: () => true } },
})

const frameHead =
  /^42\/stall,\["~frame",\{"room":\d+,"kind":"full","epoch":"[^"]*","from":(\d+),"prev":"[^"]*","to":(\d+),/

/** A reader that keeps no more of what it heard than can be compared: how far it came without a hole, and a hash of it all. */
interface Reader {
  readonly ws: WebSocket
  readonly top: number
  readonly isWhole: boolean
  readonly hash: () => string
}

async function openReader(url: string, name: string): Promise<Reader> {
  const ws = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: false })
  const hash = createHash('sha256')
  let [top, isWhole] = [0, true]
  const joined = new Promise<void>((resolve) => {
    ws.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.startsWith('0')) ws.send('40/stall,{"user":"ada","millrace":1}')
      else if (text.startsWith('40/stall')) ws.send(`42/stall,0["~join",{"room":"${name}","params":{}}]`)
      else if (text.startsWith('43/stall')) resolve()
      const span = frameHead.exec(text)
      if (span === null) return
      isWhole &&= Number(span[1]) === top + 1
      top = Number(span[2])
      for (const [payload] of text.matchAll(/"\d+ x+"/g)) hash.update(payload)
    })
  })
  await joined
  return {
    ws,
    hash: () => hash.copy().digest('hex'),
    get top() {
      return top
    },
    get isWhole() {
      return isWhole
    },
  }
}

async function openReaders(url: string, count: number, name: string): Promise<Reader[]> {
  const readers: Reader[] = []
  while (readers.length < count)
    readers.push(
      ...(await Promise.all(Array.from({ length: Math.min(50, count - readers.length) }, () => openReader(url, name)))),
    )
  return readers
}

it(`[DEL59, DEL60, DEL56] ${stalledReaders} of ${stalledReaders + otherReaders} readers stall: none holds more than 64 kB, the others go on, and all is heard in the end`, async () => {
  await using served = await startTestServer({ implementations: [application], heartbeat: { intervalMs: 600_000 } })
  const { server, url } = served
  const [flood, calm] = [server.room(stall, 'flood', {}), server.room(stall, 'calm', {})]
  const stalled = await openReaders(url, stalledReaders, 'flood')
  const others = await openReaders(url, otherReaders, 'calm')
  const witness = createHash('sha256')
  let [published, notes, largest] = [0, 0, 0]
  const publish = async () => {
    const text = `${++published} ${'x'.repeat(eventBytes)}`
    witness.update(JSON.stringify(text))
    await flood.publish('note', { text })
  }
  for (const { ws } of stalled) ws.pause()
  while (server.counters().behind < stalledReaders) {
    await publish()
    await new Promise((resolve) => setImmediate(resolve))
    largest = Math.max(largest, largestHeld(server))
    expect(published * eventBytes).toBeLessThan(12_000_000)
  }
  const untilMs = performance.now() + stallMs
  while (performance.now() < untilMs) {
    await publish()
    if (published % 5 === 0) await calm.publish('note', { text: `${++notes}` })
    await pause(1_000 / eventsPerSecond)
    largest = Math.max(largest, largestHeld(server))
  }
  await vi.waitFor(() => expect(new Set(others.map(({ top }) => top))).toEqual(new Set([notes])), 10_000)
  expect(others.every(({ isWhole }) => isWhole)).toBe(true)
  expect(largest).toBeLessThanOrEqual(64 * 1024)
  expect(server.counters()).toMatchObject({ behind: stalledReaders, closedSlow: 0 })
  for (const { ws } of stalled) ws.resume()
  await vi.waitFor(() => expect(new Set(stalled.map(({ top }) => top))).toEqual(new Set([published])), catchUpMs)
  expect(stalled.every(({ isWhole }) => isWhole)).toBe(true)
  expect(new Set(stalled.map(({ hash }) => hash()))).toEqual(new Set([witness.digest('hex')]))
  for (const { ws } of [...stalled, ...others]) ws.terminate()
})
