import { expect, test } from 'vitest'
import { contenderNames, contenders, isLossy, plainContenderNames } from '../contenders/contender.ts'
import { chartRoom, heavyRoom, publishedRoom, quoteRoom, streamRoom } from '../contenders/room-kind.ts'
import { startNodeControl } from '../cluster/node-control.ts'
import { ServerLoad } from '../load/server-load.ts'
import { startControl } from '../server/control.ts'
import { fillCharts } from '../server/fill-charts.ts'
import { Streams } from '../server/stream.ts'
import { spike } from '../spike.ts'

async function open(name: (typeof contenderNames)[number]) {
  const contender = await contenders[name]()
  const [controlPort, roomControlPort] = [await startControl(contender), await startNodeControl(contender)]
  const load = await ServerLoad.open(name, { port: contender.port, controlPort, roomControlPort })
  return {
    contender,
    load,
    streams: new Streams(contender),
    async [Symbol.asyncDispose]() {
      load.close()
      await load.disconnect()
      await contender[Symbol.asyncDispose]()
    },
  }
}

test.each(plainContenderNames)(
  '%s authenticates, joins, delivers each publish to each member once, and echoes',
  async (name) => {
    await using opened = await open(name)
    const { load } = opened
    await load.connect(5, 'shared')
    const oneByOne = await load.publish({ times: 3, perTick: 1 })
    const bursts = await load.publish({ times: 2, perTick: 20 })
    const requests = await load.request(40)
    await load.check()
    expect([oneByOne.operations, bursts.operations, requests.operations]).toEqual([15, 200, 40])
  },
)

test.each(plainContenderNames)('%s keeps rooms apart', async (name) => {
  await using opened = await open(name)
  const { load } = opened
  await load.connectRooms(3, 2)
  const rooms = await load.publishRooms({ rooms: [0, 2], times: 8, isParallel: true })
  await load.check()
  expect(rooms.operations).toBe(8)
})

test.each(contenderNames)('%s sends a stream, of which every viewer gets all unless it may lose some', async (name) => {
  await using opened = await open(name)
  const { load, streams } = opened
  await load.connect(3, 'shared', streamRoom)
  for (const updates of [40, 10]) {
    load.expect({ room: streamRoom, updates })
    await streams.run({ room: streamRoom, updates, perSecond: 2_000 })
    const { received, members } = await load.received()
    expect(members).toBe(3)
    if (isLossy(name)) expect(received).toBeLessThanOrEqual(updates * 3)
    else expect(received).toBe(updates * 3)
  }
  await load.check()
})

test.each(contenderNames)('%s sends the newest value of each key', async (name) => {
  await using opened = await open(name)
  const { load, streams } = opened
  await load.connect(3, 'shared', quoteRoom)
  load.expect({ room: quoteRoom, updates: 60, keys: 7 })
  const { newest } = await streams.run({ room: quoteRoom, updates: 60, perSecond: 2_000, keys: 7 })
  await load.received()
  expect(Object.keys(newest)).toHaveLength(7)
  if (!isLossy(name)) load.checkNewest(newest)
  expect(() => load.checkNewest({ 'key-0': -1 })).toThrow('of key-0, and the server -1')
})

test.each(plainContenderNames)('%s gives everything to readers that stalled, once they read again', async (name) => {
  await using opened = await open(name)
  const { contender, load, streams } = opened
  await load.connect(2, 'shared', heavyRoom)
  load.stall()
  const run = { room: heavyRoom, updates: 300, perSecond: 3_000, textBytes: 50_000 }
  const { digest } = await streams.run(run)
  expect(contender.bufferedBytes()).toHaveLength(2)
  await expect(load.catchUp({ events: 300, digest, withinMs: 20_000 })).resolves.toBe(0)
  await expect(load.catchUp({ events: 300, digest: '', withinMs: 1_000 })).rejects.toThrow('received other texts')
})

test('a publish that nobody asked the load for fails the check', async () => {
  await using opened = await open('socket.io')
  const { contender, load } = opened
  await load.connect(2, 'shared')
  await load.publish({ times: 1, perTick: 1 })
  contender.publish(publishedRoom, { seq: 1, at: 0, text: 'again' })
  await expect(load.check()).rejects.toThrow('delivery 1 came again after 1')
})

test('a room that missed a publish fails the check', async () => {
  await using opened = await open('ws')
  const { load } = opened
  await load.connect(1, 'own')
  load.expect({ room: 'lobby-0', updates: 1, withinMs: 100 })
  await expect(load.check()).rejects.toThrow('received 0 of 1 publishes')
})

test.each(['socket.io', 'millrace'] as const)(
  '%s answers a chart with its spike, and tells its viewers the newest values',
  async (name) => {
    await using opened = await open(name)
    const { contender, load, streams } = opened
    const to = Math.floor(Date.now() / 1_000) * 1_000 - 60_000
    const from = to - 3_600_000
    await fillCharts(contender, { keys: 2, from, to, stepMs: 1_000, spikeAt: to - 600_000 })
    await load.connect(2, 'shared', chartRoom)
    const { operations, points, greatest } = await load.view({ keys: ['key-0', 'key-1'], from, to, widthPx: 100 })
    expect([operations, greatest]).toEqual([2, spike])
    if (name === 'millrace') expect(points).toBeLessThanOrEqual(2 * 4 * 101)
    await load.unview()
    if (name === 'millrace') await load.view({ keys: ['key-0', 'key-1'], last: 3_600_000, widthPx: 100 })
    load.expect({ room: chartRoom, updates: 20, keys: 2 })
    const { newest } = await streams.run({ room: chartRoom, updates: 20, perSecond: 1_000, keys: 2 })
    await load.received()
    load.checkNewest(newest)
  },
)
