import { describe, expect, it } from 'vitest'
import type { Position, WireAnswer, WireJoined } from '@millrace/contract'
import { askNow, rawClient } from './support/raw-client.ts'
import { join, openScene, type Scene } from './support/scene.ts'

const joinPlain = { room: 'plain', params: { id: 'a' } }
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const joinedOf = (answer: WireAnswer) => (answer.ok ? (answer.data as WireJoined) : undefined)

const spanOf = (frame: unknown) => [(frame as { from: number }).from, (frame as { to: number }).to]

/** Where the log stood; the room is closed again, so that nothing of it is in memory. */
async function startOf(scene: Scene): Promise<Position | undefined> {
  const client = await rawClient(scene.pair, 'first')
  const joined = joinedOf(await askNow(scene.pair, client, '~join', joinPlain))
  client.close()
  await scene.pair.flush()
  await scene.pair.run(10_000)
  return joined?.position
}

describe('joining with a position', () => {
  it('[REC1] without one, a join begins at the end and replays nothing', async () => {
    await using scene = await openScene()
    await scene.say('plain', 1, 2)
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 3)
    await scene.pair.flush()
    expect(ada.told).toEqual([3])
  })

  it('[REC2, REC4, P2] a short absence is made up for without reading the log', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const again: unknown[] = []
    ada.room.on('joined', ({ recovered }) => again.push(recovered))
    await scene.say('plain', 1)
    await scene.pair.flush()
    ada.cable.cut()
    await scene.say('plain', ...upTo(513, 2))
    await scene.pair.run(5_000)
    expect([ada.told, again, scene.trouble.reads]).toEqual([upTo(513), [true], 0])
  })

  it('[REC2, REC3, P6] a long one comes in pages, each after the one before it has left', async () => {
    await using scene = await openScene({ limits: { maxBufferedBytes: 1_000 } })
    const start = await startOf(scene)
    await scene.say('plain', ...upTo(1_200))
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    client.cable.hold('down')
    void client.ask('~join', { ...joinPlain, position: start })
    await scene.pair.flush()
    expect(client.cable.wire?.count('down')).toBe(2) // the answer and one page
    client.cable.release()
    const ends = [0]
    for (;;) {
      const before = client.got.length
      if (!scene.pair.deliver()) break
      if (client.got.length > before) {
        const [from, to] = spanOf(client.got.at(-1)?.[1])
        expect(from).toBe(ends.at(-1)! + 1)
        ends.push(to!)
        expect(JSON.stringify(client.got.at(-1)).length).toBeLessThan(1_000)
      }
      expect(client.cable.wire?.count('down')).toBeLessThanOrEqual(1)
      await scene.pair.settle()
    }
    expect(ends.at(-1)).toBe(1_200)
    expect(ends.length).toBeGreaterThan(10)
    expect(scene.trouble.reads).toBeLessThan(10) // pages are cut from what one read gave
  })

  it('[REC5] members that recover at once share reads', async () => {
    await using scene = await openScene()
    const seats = await Promise.all(upTo(20).map((n) => join(scene, `user ${n}`, 'plain')))
    for (const { cable } of seats) {
      cable.isPlugged = false
      cable.cut()
    }
    await scene.say('plain', 1, 2, 3)
    await scene.pair.run(40_000)
    for (const { cable } of seats) cable.isPlugged = true
    scene.trouble.reads = 0
    scene.trouble.holdReads()
    await scene.pair.run(25_000)
    expect(scene.trouble.reads).toBeLessThanOrEqual(2)
    scene.trouble.releaseReads()
    await scene.pair.flush()
    expect(seats.map(({ told }) => told)).toEqual(seats.map(() => [1, 2, 3]))
    expect(scene.trouble.reads).toBeLessThan(10)
  })

  it('[REC61] what one read from the log serves those who come later', async () => {
    await using scene = await openScene()
    const seats = await Promise.all(upTo(10).map((n) => join(scene, `user ${n}`, 'plain')))
    for (const { cable } of seats) {
      cable.isPlugged = false
      cable.cut()
    }
    await scene.say('plain', 1, 2, 3)
    await scene.pair.run(40_000) // the node has left the room and forgotten it
    scene.trouble.reads = 0
    for (const [index, seat] of seats.entries()) {
      seat.cable.isPlugged = true
      await scene.pair.run(25_000)
      expect(seat.told).toEqual([1, 2, 3, ...upTo(index).map((n) => 3 + n)])
      await scene.say('plain', 4 + index)
      await scene.pair.flush()
    }
    const all = upTo(3 + seats.length)
    expect(seats.map(({ told }) => told)).toEqual(seats.map(() => all))
    expect(scene.trouble.reads).toBe(1)
  })

  it('[REC6, P3] one that comes from a node that was further hears nothing twice', async () => {
    await using scene = await openScene({ nodes: 2 })
    const bob = await join(scene, 'bob', 'plain', 1)
    const ada = await join(scene, 'ada', 'plain')
    scene.trouble.lose(1)
    await scene.say('plain', 1, 2) // one of the nodes misses the first and waits 50 ms for it
    await scene.pair.flush()
    const behind = ada.heard.length > bob.heard.length ? 1 : 0
    const ahead = await rawClient(scene.pair, 'cyd', {}, 1 - behind)
    const position = joinedOf(await askNow(scene.pair, ahead, '~join', joinPlain))?.top
    const back = await rawClient(scene.pair, 'cyd', {}, behind)
    const joined = joinedOf(await askNow(scene.pair, back, '~join', { ...joinPlain, position }))
    expect(joined).toMatchObject({ recovered: true, position: { offset: 2 }, top: { offset: 0 } })
    await scene.pair.run(50)
    expect([ada.told, bob.told]).toEqual([
      [1, 2],
      [1, 2],
    ])
    await scene.say('plain', 3)
    await scene.pair.flush()
    expect(back.got.filter(([name]) => name === 'note').map(([, note]) => note)).toEqual([{ n: 3 }])
  })

  it('[REC62, P3] one that left a node that was further, and joins anew, hears nothing twice (seed 5051)', async () => {
    await using scene = await openScene({ nodes: 2 })
    const bob = await join(scene, 'bob', 'plain')
    const ada = await join(scene, 'ada', 'plain', 1)
    scene.trouble.lose(1) // the node of Bob misses it, and nothing follows
    await scene.say('plain', 1)
    await scene.pair.flush()
    expect([ada.told, bob.told]).toEqual([[1], []])
    void ada.room.leave()
    await scene.pair.flush()
    ada.cable.node = 0
    ada.cable.cut()
    void ada.room.join()
    await scene.pair.run(1_500)
    await scene.say('plain', 2)
    await scene.pair.run(100)
    expect([ada.told, bob.told]).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  it('[REC7] a read that fails is reported and repeated after 1 s', async () => {
    await using scene = await openScene()
    const start = await startOf(scene)
    await scene.say('plain', ...upTo(1_200))
    scene.trouble.failReads(1, 1) // the first read serves the join and its first page
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    expect(await askNow(scene.pair, client, '~join', { ...joinPlain, position: start })).toMatchObject({
      data: { recovered: true },
    })
    const pages = () => client.got.filter(([name]) => name === '~frame').map(([, frame]) => spanOf(frame))
    expect([pages(), scene.pair.errors.map(String)]).toEqual([
      [[1, 500]],
      ['Error: the log could not be read, as the test wished'],
    ])
    await scene.pair.run(999)
    expect(pages()).toHaveLength(1)
    await scene.pair.run(1)
    expect(pages()).toEqual([
      [1, 500],
      [501, 1_000],
      [1_001, 1_200],
    ])
  })

  it('[REC8] an invented position is told as a gap, a malformed one refused', async () => {
    await using scene = await openScene()
    await scene.say('plain', 1, 2, 3)
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    const top = joinedOf(await askNow(scene.pair, client, '~join', joinPlain))?.top
    const epoch = top?.epoch ?? ''
    const gapFor = async (position: object) =>
      joinedOf(await askNow(scene.pair, client, '~join', { ...joinPlain, position }))?.gap
    expect(await gapFor({ epoch, offset: 2, id: 'forged' })).toMatchObject({ reason: 'rewound', to: top })
    expect(await gapFor({ epoch, offset: 99, id: 'forged' })).toMatchObject({ reason: 'rewound', to: top })
    expect(await gapFor({ epoch, offset: Number.MAX_SAFE_INTEGER, id: 'forged' })).toMatchObject({ reason: 'rewound' })
    expect(await gapFor({ epoch: 'invented', offset: 2, id: 'forged' })).toMatchObject({
      reason: 'epoch',
      to: { offset: 0 },
    })
    for (const position of [
      { epoch, offset: -1, id: 'x' },
      { epoch, offset: 1.5, id: 'x' },
      { epoch, offset: 1, id: '' },
      { offset: 1, id: 'x' },
      7,
      'top',
    ]) {
      for (const path of ['position', 'left'])
        expect(await askNow(scene.pair, client, '~join', { ...joinPlain, [path]: position })).toMatchObject({
          ok: false,
          error: { code: 'INVALID_INPUT', path },
        })
    }
  })
})
