import { describe, expect, it } from 'vitest'
import type { Entry, LogListener, Store } from '@millrace/server'
import { board } from './support/board.ts'
import { join, openScene } from './support/scene.ts'

/** Keeps what the log tells, and hands it on as the test says. */
class Tampering {
  readonly kept: Entry[] = []
  isKeeping = false
  #listener: LogListener | undefined

  readonly wrap = (store: Store): Store => ({
    ...store,
    log: {
      ack: store.log.ack,
      append: (room, append) => store.log.append(room, append),
      read: (room, query) => store.log.read(room, query),
      tails: (rooms) => store.log.tails(rooms),
      trim: (room, through) => store.log.trim(room, through),
      subscribe: (room, listener) => {
        this.#listener = listener
        return store.log.subscribe(room, {
          entries: (entries) => (this.isKeeping ? this.kept.push(...entries) : listener.entries(entries)),
        })
      },
    },
  })

  hand(...entries: readonly Entry[]): void {
    this.#listener?.entries(entries)
  }
}

describe('what a node misses', () => {
  it('[REC10] an entry waits 50 ms for its predecessor, and nothing is read where that comes', async () => {
    const tampering = new Tampering()
    await using scene = await openScene()
    const wrapStore = (store: Store) => tampering.wrap(scene.trouble.wrap(store))
    await using late = await openScene({ wrapStore })
    const ada = await join(late, 'ada', 'plain')
    tampering.isKeeping = true
    await late.say('plain', 1, 2, 3)
    const [first, second, third] = tampering.kept as [Entry, Entry, Entry]
    tampering.hand(third)
    tampering.hand(second)
    await late.pair.run(49)
    expect(ada.heard).toEqual([])
    tampering.hand(first)
    await late.pair.run(100)
    expect([ada.heard, scene.trouble.reads, ada.client.protocolErrors]).toEqual([[1, 2, 3], 0, 0])
  })

  it('[REC11, P2] after 50 ms what is missing is read once for everybody', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const bob = await join(scene, 'bob', 'plain')
    scene.trouble.lose(3)
    await scene.say('plain', 1, 2, 3, 4)
    await scene.pair.run(49)
    expect([ada.heard, scene.trouble.reads]).toEqual([[], 0])
    await scene.pair.run(1)
    expect([ada.heard, bob.heard, scene.trouble.reads]).toEqual([[1, 2, 3, 4], [1, 2, 3, 4], 1])
    expect([ada.client.state.state, bob.client.state.state]).toEqual(['connected', 'connected'])
  })

  it('[REC12, P2, P3] what comes while a range is read is kept', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    scene.trouble.lose(1)
    await scene.say('plain', 1, 2)
    scene.trouble.holdReads()
    await scene.pair.run(50)
    expect(scene.trouble.heldReads).toBe(1)
    await scene.say('plain', 3)
    scene.trouble.releaseReads()
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 2, 3])
  })

  it('[REC12] another loss while a range is read is repaired as well', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    scene.trouble.lose(1)
    await scene.say('plain', 1, 2)
    scene.trouble.holdReads()
    await scene.pair.run(50)
    scene.trouble.lose(1)
    await scene.say('plain', 3, 4)
    scene.trouble.releaseReads()
    await scene.pair.run(50)
    expect(ada.told).toEqual([1, 2, 3, 4])
  })

  it('[REC7, REC11] a range that cannot be read is read again after 1 s', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    scene.trouble.lose(1)
    scene.trouble.failReads(1)
    await scene.say('plain', 1, 2)
    await scene.pair.run(1_049)
    expect([ada.heard, scene.pair.errors]).toEqual([[], [expect.any(Error)]])
    await scene.pair.run(1)
    expect(ada.heard).toEqual([1, 2])
  })

  it('[REC13, P3] entries that come again are dropped without a read', async () => {
    const tampering = new Tampering()
    await using scene = await openScene()
    const wrapStore = (store: Store) => tampering.wrap(scene.trouble.wrap(store))
    await using again = await openScene({ wrapStore })
    const ada = await join(again, 'ada', 'plain')
    tampering.isKeeping = true
    await again.say('plain', 1, 2, 3)
    tampering.hand(...tampering.kept)
    await again.pair.flush()
    tampering.hand(...tampering.kept)
    tampering.hand(tampering.kept[0]!)
    await again.pair.run(100)
    expect([ada.told, scene.trouble.reads]).toEqual([[1, 2, 3], 0])
  })

  it('[REC14, REC15, P2] a rewind is noticed at the first entry after it, far below the top', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1, 2, 3, 4, 5)
    await scene.pair.flush()
    await (await scene.faults('plain')).rewind(2)
    await scene.say('plain', 6)
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 2, 3, 4, 5, 'gap rewound 5-2', 6])
  })

  it('[REC14] also one that leaves the log as long as it was', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1, 2)
    await scene.pair.flush()
    await (await scene.faults('plain')).rewind(1)
    const say = scene.pair.room(board, 'plain', { id: 'a' })
    await Promise.all([say.publish('note', { n: 3 }), say.publish('note', { n: 4 })])
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 2, 'gap rewound 2-1', 3, 4])
  })
})
