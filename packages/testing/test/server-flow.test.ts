import { systemClock } from '@millrace/server/core'
import { describe, expect, it, vi } from 'vitest'
import { lab, startLab, type Lab, type LabParts } from './server-lab.ts'
import { startDrip } from './server-drip.ts'
import { startPoller } from './server-poller.ts'
import { connectRaw, type RawClient } from './server-raw-client.ts'
import { countWrites, largestHeld } from './server-sockets.ts'

const budget = 32 * 1024
const padding = 'x'.repeat(10_000)
const offsets = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Offsets of notes as a client of either kind was told of them. */
function toldOffsets(messages: readonly (string | Buffer)[]): number[] {
  return messages.flatMap((message) => {
    const text = String(message)
    if (text.startsWith('42/lab,["~frame"')) {
      const [, frame] = JSON.parse(text.slice(7)) as [string, { kind: string; from: number; to: number }]
      return frame.kind === 'full' ? offsets(frame.from, frame.to) : []
    }
    if (!text.startsWith('42/lab,["note"')) return []
    const [, , meta] = JSON.parse(text.slice(7)) as [string, unknown, { position: { offset: number } }]
    return [meta.position.offset]
  })
}

async function publishUntil(served: Lab, isEnough: () => boolean, atMost = 1_400): Promise<number> {
  const hall = served.server.room(lab, 'hall', {})
  for (let count = 0; count < atMost; count++) {
    await hall.publish('note', { text: padding })
    await new Promise((resolve) => setImmediate(resolve))
    if (isEnough()) return count + 1
  }
  throw new Error(`after ${atMost} events the system still takes more`)
}

describe.each([
  { path: 'finished frames', finishedFrames: true },
  { path: 'the ordinary path', finishedFrames: false },
])('$path', ({ finishedFrames }) => {
  const start = (parts: LabParts = {}) =>
    startLab({ ...parts, options: { finishedFrames, heartbeat: { intervalMs: 600_000 }, ...parts.options } })

  it('[DEL65] keep the order of answers, events of several rooms, bytes and questions', async () => {
    await using served = await start()
    await using client = await connectRaw(served.port, '/lab', { auth: '{"millrace":1,"name":"ada"}' })
    await client.request('~join', { room: 'hall', params: {} })
    await client.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } })
    const hall = served.server.room(lab, 'hall', {})
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    const answers: Promise<unknown>[] = []
    for (let n = 1; n <= 60; n++) {
      answers.push(client.request('run', { input: n }))
      void hall.publish('note', { text: `${n}` })
      void desk.publish(n % 3 === 0 ? 'blob' : 'note', (n % 3 === 0 ? new Uint8Array([n]) : { text: `${n}` }) as never)
      if (n % 4 === 0) void served.server.user(lab, 'ada').emit('notice', { text: `${n}` })
      if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await Promise.all(answers)).toEqual(offsets(1, 60).map((data) => ({ ok: true, data })))
    await vi.waitFor(() => expect(toldOffsets(client.inbox.all)).toHaveLength(60))
    expect(toldOffsets(client.inbox.all)).toEqual(offsets(1, 60))
    await vi.waitFor(() => {
      const blobs = client.inbox.all.filter((message) => typeof message !== 'string').map(([first]) => first)
      expect(blobs).toEqual(offsets(1, 20).map((n) => 3 * n))
    })
    expect(served.errors).toEqual([])
  })

  it.each([
    ['frames', '{"millrace":1}'],
    ['single events', '{}'],
  ])(
    '[DEL59, DEL56, DEL60, DEL65] a reader of %s that stalls holds twice its budget at most, and misses nothing',
    async (_kind, auth) => {
      await using served = await start()
      await using slow = await connectRaw(served.port, '/lab', { auth })
      await using quick = await connectRaw(served.port, '/lab', { auth })
      for (const client of [slow, quick]) await client.request('~join', { room: 'hall', params: {} })
      slow.ws.pause()
      const counters = () => served.server.counters()
      let largest = 0
      const look = () => (largest = Math.max(largest, largestHeld(served.server)))
      const first = await publishUntil(served, () => (look(), counters().behind > 0))
      const more = await publishUntil(served, () => (look(), toldOffsets(quick.inbox.all.slice(-1))[0] === first + 200))
      expect(largest).toBeGreaterThan(budget)
      expect(largest).toBeLessThanOrEqual(2 * budget)
      slow.ws.resume()
      for (const client of [slow, quick])
        await vi.waitFor(() => expect(toldOffsets(client.inbox.all).length).toBe(first + more))
      expect(toldOffsets(slow.inbox.all)).toEqual(offsets(1, first + more))
      expect(counters()).toMatchObject({ behind: 1, closedSlow: 0 })
      expect(counters().refilled).toBeGreaterThan(150)
    },
  )

  it('[DEL59, DEL56, DEL65] a reader over long-polling that does not poll holds twice its budget at most, and misses nothing', async () => {
    await using served = await start()
    await using poller = await startPoller(served.port, '/lab', '{"millrace":1}')
    await poller.send('2/lab,0["~join",{"room":"hall","params":{}}]')
    await poller.until((message) => message.startsWith('43/lab,0'))
    for (let count = 0; count < 50; count++) {
      await publishUntil(served, () => true)
      expect(largestHeld(served.server)).toBeLessThanOrEqual(2 * budget)
    }
    expect(served.server.counters().behind).toBe(1)
    await poller.until(() => toldOffsets(poller.messages).length === 50)
    expect(toldOffsets(poller.messages)).toEqual(offsets(1, 50))
  })

  it('[DEL62, DEL65] a connection that takes nothing for a minute is closed, also where engine.io waits for it', async () => {
    // A minute of this clock is a second.
    const clock = { ...systemClock, after: (ms: number, run: () => void) => systemClock.after(ms / 60, run) }
    await using served = await start({ options: { finishedFrames, clock, heartbeat: { intervalMs: 600_000 } } })
    await using slow = await connectRaw(served.port, '/lab', { auth: '{"millrace":1}' })
    await slow.request('~join', { room: 'hall', params: {} })
    slow.ws.pause()
    await publishUntil(served, () => served.server.counters().behind > 0)
    await vi.waitFor(() => expect(served.server.counters().closedSlow).toBe(1))
    await vi.waitFor(() => expect(served.server.io.engine.clientsCount).toBe(0))
  })
})

it('[DEL63] what several rooms flush in a tick leaves in one write, with the answers given in that tick', async () => {
  await using served = await startLab({
    requests: {
      run: async ({ input }) => {
        const desk = served.server.room(lab, 'desk', { id: 'a' })
        await Promise.all([
          served.server.room(lab, 'hall', {}).publish('note', { text: 'hall' }),
          desk.publish('note', { text: 'desk' }),
          desk.publish('typing', { on: true }),
        ])
        return input
      },
    },
  })
  await using client = await connectRaw(served.port, '/lab', { auth: '{"millrace":1}' })
  await client.request('~join', { room: 'hall', params: {} })
  await client.request('~join', { room: 'desk', params: { id: 'a' }, presence: { status: 'in' } })
  const writes = countWrites(served.server)
  expect(await client.request('run', { input: 7 })).toEqual({ ok: true, data: 7 })
  await client.inbox.find((message) => String(message).includes('"volatile"'))
  expect(toldOffsets(client.inbox.all)).toHaveLength(2)
  expect(writes()).toBe(1)
})

it('[DEL59, DEL56] a reader of one byte a second stays bounded, the others are served, and nothing is missed when it reads again', async () => {
  await using served = await startLab({ options: { heartbeat: { intervalMs: 600_000 } } })
  await using drip = await startDrip(served.port)
  await using slow = await connectRaw(drip.port, '/lab', { auth: '{"millrace":1}' })
  await using quick = await connectRaw(served.port, '/lab', { auth: '{"millrace":1}' })
  for (const client of [slow, quick] satisfies RawClient[]) await client.request('~join', { room: 'hall', params: {} })
  drip.slow()
  let largest = 0
  const look = () => (largest = Math.max(largest, largestHeld(served.server)))
  const first = await publishUntil(served, () => (look(), served.server.counters().behind > 0))
  const more = await publishUntil(served, () => (look(), toldOffsets(quick.inbox.all.slice(-1))[0]! >= first + 50))
  await vi.waitFor(() => expect(drip.dripped).toBeGreaterThan(1))
  look()
  expect(largest).toBeLessThanOrEqual(2 * budget)
  expect(toldOffsets(slow.inbox.all)).toEqual([])
  drip.quick()
  await vi.waitFor(() => expect(toldOffsets(slow.inbox.all).length).toBe(first + more))
  expect(toldOffsets(slow.inbox.all)).toEqual(offsets(1, first + more))
})
