import { describe, expect, it } from 'vitest'
import { decodePacket } from '@millrace/testing'
import { board } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { join, openScene, type Scene, type Seat } from './support/scene.ts'

const budget = 1_000
const limits = { maxBufferedBytes: budget }
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const waiting = ({ cable }: Pick<Seat<'plain'>, 'cable'>) => cable.wire?.bytes('down') ?? 0

function roomOf(scene: Scene, id = 'a') {
  return scene.pair.room(board, 'plain', { id })
}

/** What came of `typing`, counted. */
function typed({ room }: Pick<Seat<'plain'>, 'room'>): () => number {
  let count = 0
  room.on('typing', () => count++)
  return () => count
}

async function type(scene: Scene, times: number, id = 'a'): Promise<void> {
  for (let time = 0; time < times; time++) await roomOf(scene, id).publish('typing', { on: true })
  await scene.pair.settle()
}

/** The same client in a second room. */
async function alsoIn(scene: Scene, seat: Seat<'plain'>, id: string) {
  const room = seat.client.use(board).room('plain', { id })
  const joined = room.join()
  await scene.pair.flush()
  await joined
  return room
}

describe('what a connection takes', () => {
  it('[DEL50, DEL52, DEL73] of volatile events: what fits, and what does not is shed for it alone and counted', async () => {
    await using scene = await openScene({ limits })
    const [ada, bob] = await Promise.all([join(scene, 'ada', 'plain'), join(scene, 'bob', 'plain')])
    const [adaTyped, bobTyped] = [typed(ada), typed(bob)]
    ada.cable.hold('down')
    for (let round = 0; round < 10; round++) {
      await type(scene, 6)
      await scene.pair.flush()
    }
    const taken = waiting(ada)
    expect(taken).toBeGreaterThan(budget)
    expect(taken).toBeLessThanOrEqual(2 * budget)
    await type(scene, 7)
    expect(waiting(ada)).toBe(taken)
    await scene.pair.flush()
    ada.cable.release()
    await scene.pair.flush()
    const { shed } = scene.pair.node().counters
    expect([bobTyped(), adaTyped() + shed]).toEqual([67, 67])
    expect(shed).toBeGreaterThanOrEqual(7)
    await type(scene, 1)
    await scene.pair.flush()
    expect([bobTyped(), adaTyped() + shed]).toEqual([68, 68])
  })

  it('[DEL50] of a single packet: any size, where nothing waits', async () => {
    await using scene = await openScene({ limits: { maxBufferedBytes: 10 } })
    const [ada, bob] = await Promise.all([join(scene, 'ada', 'plain'), join(scene, 'bob', 'plain')])
    await scene.say('plain', 1)
    await scene.pair.flush()
    await type(scene, 1)
    await scene.pair.flush()
    expect([ada.told, bob.told, scene.pair.node().counters.shed]).toEqual([[1], [1], 0])
  })

  it('[DEL51] of several packets in one tick: none is shed because it is the second', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    const rooms = [ada.room, await alsoIn(scene, ada, 'b'), await alsoIn(scene, ada, 'c')]
    const counts = rooms.map((room) => typed({ room }))
    for (let round = 0; round < 5; round++) {
      await Promise.all(['a', 'b', 'c'].map((id) => roomOf(scene, id).publish('note', { n: round })))
      await Promise.all(['a', 'b', 'c'].map((id) => type(scene, 3, id)))
      await scene.pair.flush()
    }
    expect([counts.map((count) => count()), scene.pair.node().counters.shed]).toEqual([[15, 15, 15], 0])
  })

  it('[DEL59, DEL56, DEL60] at most twice its budget, from however many rooms; the others do not wait, and it misses nothing', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    const bob = await join(scene, 'bob', 'plain')
    const ids = ['b', 'c', 'd', 'e']
    const heard = new Map<string, number[]>()
    for (const id of ids) {
      const room = await alsoIn(scene, ada, id)
      heard.set(id, [])
      room.on('note', ({ n }) => heard.get(id)?.push(n))
    }
    ada.cable.hold('down')
    for (const n of upTo(150)) {
      for (const id of ids) await roomOf(scene, id).publish('note', { n })
      await scene.say('plain', n)
      expect(waiting(ada)).toBeLessThanOrEqual(2 * budget)
      await scene.pair.flush()
      expect(bob.told.length).toBe(n)
    }
    ada.cable.release()
    await scene.pair.flush()
    expect([ada.told, ...heard.values()]).toEqual([1, 2, 3, 4, 5].map(() => upTo(150)))
  })

  it('[DEL57] of what a tick has for a room: frames below the budget', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    await askNow(scene.pair, client, '~join', { room: 'plain', params: { id: 'a' } })
    await scene.say('plain', ...upTo(100))
    await scene.pair.flush()
    const frames = client.got.filter(([name]) => name === '~frame')
    expect(frames.length).toBeGreaterThan(3)
    for (const frame of frames) expect(JSON.stringify(frame).length).toBeLessThanOrEqual(budget)
    const ranges = frames.map(([, frame]) => frame as { from: number; to: number })
    expect(ranges.map(({ from }) => from)).toEqual([1, ...ranges.slice(0, -1).map(({ to }) => to + 1)])
    expect(ranges.at(-1)?.to).toBe(100)
  })

  it('[DEL59, DEL56] as a stock client: at most twice the budget, and every event once', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada')
    await askNow(scene.pair, client, '~join', { room: 'plain', params: { id: 'a' } })
    client.cable.hold('down')
    await scene.say('plain', ...upTo(30))
    for (const n of upTo(200, 31)) {
      await scene.say('plain', n)
      expect(client.cable.wire?.bytes('down')).toBeLessThanOrEqual(2 * budget)
    }
    client.cable.release()
    await scene.pair.flush()
    const notes = client.got.filter(([name]) => name === 'note').map(([, note]) => (note as { n: number }).n)
    expect(notes).toEqual(upTo(200))
  })
})

describe('a connection that is over its budget', () => {
  it('[DEL67] is shared by its rooms in turn: those that never end do not keep the others from theirs', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    const loud = ['b', 'c', 'd']
    for (const id of loud) await alsoIn(scene, ada, id)
    const quiet = await alsoIn(scene, ada, 'quiet')
    const heard: number[] = []
    quiet.on('note', ({ n }) => heard.push(n))
    ada.cable.hold('down')
    let published = 0
    const flood = async () => {
      for (const n of upTo(published + 20, published + 1)) {
        for (const id of loud) await roomOf(scene, id).publish('note', { n })
        await scene.say('plain', n)
      }
      published += 20
    }
    for (let round = 0; round < 5; round++) await flood()
    for (const n of upTo(40)) await roomOf(scene, 'quiet').publish('note', { n })
    await roomOf(scene, 'quiet').publish('score', { player: 'x', points: 1 })
    await scene.pair.settle()
    ada.cable.release()
    for (let packet = 0; packet < 60; packet++) {
      await flood() // more than leaves with a packet
      await scene.pair.flush(undefined, 1)
    }
    expect(ada.told.length).toBeLessThan(published)
    expect(heard).toEqual(upTo(40))
    expect(quiet.state('score').get('x')).toEqual({ player: 'x', points: 1 })
    await scene.pair.flush()
    expect(ada.told).toEqual(upTo(published))
  })

  it('[DEL58] is answered joins and pages of history once it takes them; a page ends at the budget', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    const { cable } = client
    const joined = await askNow(scene.pair, client, '~join', { room: 'plain', params: { id: 'a' } })
    const room = (joined as { data: { room: number } }).data.room
    cable.hold('down')
    for (const n of upTo(100)) await scene.say('plain', n)
    const before = cable.wire?.bytes('down')
    const asked = [
      client.ask('~join', { room: 'plain', params: { id: 'b' } }),
      client.ask('~history', { room, direction: 'before', limit: 500 }),
      client.ask('~history', { room, direction: 'before', limit: 500 }),
    ]
    await scene.pair.flush()
    expect(cable.wire?.bytes('down')).toBe(before)
    const answers: number[] = []
    scene.pair.onPacket((wire, direction, packet) => {
      if (wire.cable === cable.id && direction === 'down' && decodePacket(packet).type === 3)
        answers.push(String(packet[0]).length)
    })
    cable.release()
    await scene.pair.flush()
    const [, first, second] = await Promise.all(asked)
    expect(first).toEqual(second)
    expect(first).toMatchObject({ ok: true, data: { more: true } })
    const { entries, from } = (first as unknown as { data: { entries: unknown[]; from: number } }).data
    expect(from + entries.length - 1).toBe(100)
    for (const length of answers) expect(length).toBeLessThan(budget + 200)
  })

  it('[DEL58, DEL59] is answered one join after another, however many of one room it asked for at once', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    for (const points of upTo(20)) await roomOf(scene).publish('score', { player: `player ${points}`, points })
    await scene.pair.settle()
    client.cable.hold('down')
    const asked = upTo(50).map(() => client.ask('~join', { room: 'plain', params: { id: 'a' } }))
    await scene.pair.flush()
    const once = waiting(client)
    client.cable.release()
    let largest = once
    for (let idle = 0; idle < 3;) {
      idle = scene.pair.deliver() ? 0 : idle + 1
      await scene.pair.settle()
      largest = Math.max(largest, waiting(client))
    }
    expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true)
    expect(largest).toBeLessThanOrEqual(once + 2 * budget)
  })

  it('[DEL59, REC9] is told of the gaps of its rooms a few at a time', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    const ids = upTo(20).map(String)
    for (const id of ids) await askNow(scene.pair, client, '~join', { room: 'plain', params: { id } })
    client.cable.hold('down')
    for (const id of ids) {
      for (const n of upTo(600)) await roomOf(scene, id).publish('note', { n })
      await scene.pair.settle()
      await (await scene.faults('plain', id)).trim(1)
    }
    client.cable.release()
    let largest = 0
    for (let idle = 0; idle < 3;) {
      idle = scene.pair.deliver() ? 0 : idle + 1
      await scene.pair.settle()
      largest = Math.max(largest, waiting(client))
    }
    expect(client.got.filter(([name]) => name === '~gap').length).toBeGreaterThan(15)
    expect(largest).toBeLessThanOrEqual(2 * budget)
  })

  it('[DEL66] is answered once it takes answers, however small they are and however many it asks for', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    client.cable.hold('down')
    const asked = upTo(500).map((n) => client.ask(n % 2 === 0 ? '~ping' : 'none', {}))
    await scene.pair.flush()
    expect(client.cable.wire?.bytes('down')).toBeLessThanOrEqual(2 * budget)
    client.cable.release()
    await scene.pair.flush()
    const answers = await Promise.all(asked)
    expect(answers.map(({ ok }) => ok)).toEqual(upTo(500).map((n) => n % 2 === 0))
    expect(scene.pair.node().counters.closedSlow).toBe(0)
  })

  it('[DEL66] is closed with SLOW when more answers wait for it than requests may', async () => {
    await using scene = await openScene({ limits: { ...limits, maxPendingRequests: 50 } })
    const [client, other] = [await rawClient(scene.pair, 'ada'), await rawClient(scene.pair, 'bob')]
    client.cable.hold('down')
    for (const _ of upTo(500)) void client.ask('~ping', {})
    await scene.pair.flush()
    expect(scene.pair.node().counters.closedSlow).toBe(1)
    expect(await askNow(scene.pair, other, '~ping', {})).toEqual({ ok: true })
  })

  it('[DEL61] is kicked at the next flush, and comes back to what it was not sent', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    const kicked: unknown[] = []
    ada.room.on('kicked', ({ code }) => kicked.push(code))
    ada.cable.hold('down')
    for (const n of upTo(100)) await scene.say('plain', n)
    roomOf(scene).kick({ userId: 'ada' })
    await scene.say('plain', 101)
    ada.cable.release()
    await scene.pair.flush()
    expect(kicked).toEqual(['FORBIDDEN'])
    expect(ada.told.length).toBeLessThan(100)
    expect(ada.told).toEqual(upTo(ada.told.length))
    expect(scene.pair.node().rooms.all()[0]?.members.size).toBe(0)
  })

  it('[DEL62, DEL76] of keyed state alone is closed with SLOW after 60 s in which it takes nothing', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    const seen: unknown[] = []
    ada.client.onState((state) => state.state === 'waiting' && seen.push(state.reason))
    ada.cable.hold('down')
    const score = async (points: number) => {
      await roomOf(scene).publish('score', { player: `player ${points}`, points })
      await scene.pair.settle()
    }
    for (const points of upTo(60)) await score(points)
    await scene.pair.run(59_000)
    expect(scene.pair.node().counters.closedSlow).toBe(0)
    await scene.pair.run(2_000)
    expect(scene.pair.node().counters.closedSlow).toBe(1)
    ada.cable.release()
    await scene.pair.run(10_000)
    expect(seen).toMatchObject([{ code: 'SLOW' }])
    expect(ada.room.state('score').size).toBe(60)
  })
})
