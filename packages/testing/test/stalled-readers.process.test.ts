import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { lab, startLab, type Lab } from './server-lab.ts'
import { largestHeld } from './server-sockets.ts'

const isLong = process.env.MILLRACE_LONG === '1'
const stalledReaders = 100
const otherReaders = isLong ? 900 : 200
/** How long the room of the stalled readers goes on once all of them are behind. */
const stallMs = isLong ? 60_000 : 1_000
const eventBytes = 20_000
const eventsPerSecond = 50
const frameHead =
  /^42\/lab,\["~frame",\{"room":\d+,"kind":"full","epoch":"[^"]*","from":(\d+),"prev":"[^"]*","to":(\d+),/

/** A reader that keeps no more of what it heard than can be compared: how far it came without a hole, and a hash of it all. */
interface Reader {
  readonly ws: WebSocket
  readonly top: number
  readonly isWhole: boolean
  readonly hash: () => string
}

async function openReader(port: number, join: string): Promise<Reader> {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: false })
  const hash = createHash('sha256')
  let [top, isWhole] = [0, true]
  const joined = new Promise<void>((resolve) => {
    ws.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.startsWith('0')) ws.send('40/lab,{"millrace":1}')
      else if (text.startsWith('40/lab')) ws.send(`42/lab,0["~join",${join}]`)
      else if (text.startsWith('43/lab')) resolve()
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

async function openReaders(served: Lab, count: number, join: string): Promise<Reader[]> {
  const readers: Reader[] = []
  while (readers.length < count)
    readers.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, count - readers.length) }, () => openReader(served.port, join)),
      )),
    )
  return readers
}

it(`[DEL59, DEL60, DEL56] ${stalledReaders} of ${stalledReaders + otherReaders} readers stall: none holds more than 64 kB, the others go on, and all is heard in the end`, async () => {
  await using served = await startLab({ options: { heartbeat: { intervalMs: 600_000 } } })
  const desk = '{"room":"desk","params":{"id":"a"},"presence":{"status":"in"}}'
  const stalled = await openReaders(served, stalledReaders, '{"room":"hall","params":{}}')
  const others = await openReaders(served, otherReaders, desk)
  const witness = createHash('sha256')
  let [published, notes, largest] = [0, 0, 0]
  const publish = async () => {
    const text = `${++published} ${'x'.repeat(eventBytes)}`
    witness.update(JSON.stringify(text))
    await served.server.room(lab, 'hall', {}).publish('note', { text })
  }
  for (const { ws } of stalled) ws.pause()
  while (served.server.counters().behind < stalledReaders) {
    await publish()
    await new Promise((resolve) => setImmediate(resolve))
    largest = Math.max(largest, largestHeld(served.server))
    expect(published * eventBytes).toBeLessThan(12_000_000)
  }
  const untilMs = performance.now() + stallMs
  while (performance.now() < untilMs) {
    await publish()
    if (published % 5 === 0) await served.server.room(lab, 'desk', { id: 'a' }).publish('note', { text: `${++notes}` })
    await pause(1_000 / eventsPerSecond)
    largest = Math.max(largest, largestHeld(served.server))
  }
  await vi.waitFor(() => expect(new Set(others.map(({ top }) => top))).toEqual(new Set([notes])), 10_000)
  expect(others.every(({ isWhole }) => isWhole)).toBe(true)
  expect(largest).toBeLessThanOrEqual(64 * 1024)
  expect(served.server.counters()).toMatchObject({ behind: stalledReaders, closedSlow: 0 })
  for (const { ws } of stalled) ws.resume()
  await vi.waitFor(() => expect(new Set(stalled.map(({ top }) => top))).toEqual(new Set([published])), 40_000)
  expect(stalled.every(({ isWhole }) => isWhole)).toBe(true)
  expect(new Set(stalled.map(({ hash }) => hash()))).toEqual(new Set([witness.digest('hex')]))
  for (const { ws } of [...stalled, ...others]) ws.terminate()
})
