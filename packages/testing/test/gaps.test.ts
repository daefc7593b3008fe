import { describe, expect, it } from 'vitest'
import { memory } from '@millrace/server'
import { join, openScene, whileAway } from './support/scene.ts'

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('gaps', () => {
  it('[REC15, REC19, P2] rewound leads to what both histories share; who stands before it notices nothing', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const bob = await join(scene, 'bob', 'plain')
    await scene.say('plain', 1, 2)
    await scene.pair.flush()
    bob.cable.isPlugged = false
    bob.cable.cut()
    await scene.say('plain', 3, 4)
    await scene.pair.flush()
    await (await scene.faults('plain')).rewind(3)
    await scene.say('plain', 5)
    await scene.pair.flush()
    bob.cable.isPlugged = true
    await scene.pair.run(30_000)
    expect([ada.told, bob.told]).toEqual([
      [1, 2, 3, 4, 'gap rewound 4-3', 5],
      [1, 2, 3, 5],
    ])
  })

  it('[REC15, REC19] one that comes back finds the gap in the answer to its join, at the place that its node knows', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await join(scene, 'bob', 'plain')
    await scene.say('plain', 1, 2, 3)
    await scene.pair.flush()
    const again: unknown[] = []
    ada.room.on('joined', ({ recovered }) => again.push(recovered))
    await whileAway(scene, ada, async () => {
      await (await scene.faults('plain')).rewind(1)
      await scene.say('plain', 4, 5)
    })
    expect([ada.told, again]).toEqual([[1, 2, 3, 'gap rewound 3-1', 4, 5], [false]])
  })

  it('[REC19] a node that has not noticed the rewind looks before it answers a join: there is one gap, not two', async () => {
    await using scene = await openScene({ nodes: 2 })
    const ada = await join(scene, 'ada', 'shown')
    await scene.say('shown', 1, 2, 3)
    await scene.pair.flush()
    const bob = await join(scene, 'bob', 'shown', 1)
    ada.cable.node = 1
    await whileAway(scene, ada, async () => {
      await (await scene.faults('shown')).rewind(2)
      scene.trouble.lose(2)
      await scene.say('shown', 4)
    })
    expect([ada.told, bob.told]).toEqual([[1, 2, 3, 'gap rewound 3-3'], ['gap rewound 3-3']])
    await scene.say('shown', 5)
    await scene.pair.run(100)
    expect([ada.told, bob.told]).toEqual([
      [1, 2, 3, 'gap rewound 3-3', 5],
      ['gap rewound 3-3', 5],
    ])
  })

  it('[REC16] rewound leads to the top where the node does not know what the member has seen', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1, 2, 3)
    await scene.pair.flush()
    await whileAway(scene, ada, async () => {
      await scene.pair.stopNode(0)
      await scene.pair.startNode(0)
      await (await scene.faults('plain')).rewind(1)
      await scene.say('plain', 4, 5)
    })
    await scene.say('plain', 6)
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 2, 3, 'gap rewound 3-3', 6])
  })

  it('[REC16, P3] an earlier rewind says nothing about what a later one took back (seed 181)', async () => {
    await using scene = await openScene({ nodes: 2 })
    const bob = await join(scene, 'bob', 'plain')
    const ada = await join(scene, 'ada', 'plain', 1)
    await scene.say('plain', 1, 2, 3)
    await scene.pair.flush()
    const faults = await scene.faults('plain')
    await faults.rewind(1)
    await scene.say('plain', 4, 5)
    await scene.pair.flush()
    // Of the nodes, that of Bob misses it.
    scene.trouble.lose(1)
    await scene.say('plain', 6)
    await scene.pair.flush()
    await faults.rewind(3)
    ada.cable.node = 0
    await whileAway(scene, ada, () => scene.pair.stopNode(1))
    await scene.say('plain', 7)
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 2, 3, 'gap rewound 3-1', 4, 5, 6, 'gap rewound 4-3', 7])
    expect(bob.told).toEqual([1, 2, 3, 'gap rewound 3-1', 4, 5, 7])
  })

  it('[REC16] and to what is retained where the common entry was trimmed', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1, 2, 3)
    await scene.pair.flush()
    const faults = await scene.faults('plain')
    await faults.rewind(1)
    scene.trouble.lose(4)
    await scene.say('plain', 4, 5, 6, 7)
    await faults.trim(2)
    await scene.say('plain', 8)
    await scene.pair.run(100)
    expect(ada.told).toEqual([1, 2, 3, 'gap rewound 3-3', 6, 7, 8])
  })

  it('[REC21, P2] what the log has taken back is not sent again and again out of an earlier read (seed 6078)', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1)
    await scene.pair.flush()
    ada.cable.isPlugged = false
    ada.cable.cut()
    await scene.pair.stopNode(0)
    await scene.pair.startNode(0)
    await scene.say('plain', 2)
    const bob = await join(scene, 'bob', 'plain')
    const faults = await scene.faults('plain')
    await faults.rewind(1)
    scene.trouble.lose(1)
    await scene.say('plain', 3)
    scene.trouble.holdReads()
    ada.cable.isPlugged = true
    await scene.pair.run(1_500)
    await faults.rewind(1)
    scene.trouble.releaseReads()
    await scene.pair.run(100)
    await scene.say('plain', 4)
    await scene.pair.flush()
    expect([ada.told, bob.told]).toEqual([
      [1, 3, 'gap rewound 2-1', 4],
      ['gap rewound 2-1', 4],
    ])
  })

  it('[REC15] the common entry is found though the log is trimmed while it is looked for (seed 5021)', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', ...upTo(12))
    await scene.pair.flush()
    const faults = await scene.faults('plain')
    await faults.rewind(11)
    scene.trouble.holdReads()
    await scene.say('plain', 13, 14)
    await faults.trim(5)
    scene.trouble.releaseReads()
    await scene.pair.flush()
    expect(ada.told).toEqual([...upTo(12), 'gap rewound 12-11', 13, 14])
  })

  it('[REC17, P2] trimmed leads to just before what is retained', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'short')
    await scene.say('short', 1)
    await scene.pair.flush()
    await whileAway(scene, ada, async () => {
      await scene.say('short', ...upTo(10, 2))
      await scene.pair.run(11_000)
    })
    expect(ada.told).toEqual([1, 'gap trimmed 1-7', 8, 9, 10])
  })

  it('[REC17] a member that is slow is told of it while it is in the room', async () => {
    await using scene = await openScene({ limits: { maxBufferedBytes: 1_000 } })
    const ada = await join(scene, 'ada', 'plain')
    await whileAway(scene, ada, async () => {
      await scene.say('plain', ...upTo(1_100))
      await scene.pair.run(11_000)
      scene.pair.onPacket((_wire, direction, packet) => {
        if (direction === 'up' && String(packet[0]).includes('~join')) ada.cable.hold('down')
      })
    })
    await (await scene.faults('plain')).trim(50)
    ada.cable.release()
    await scene.pair.run(5_000)
    const page = ada.told.findIndex((told) => typeof told === 'string')
    expect(page).toBeGreaterThan(1)
    expect(ada.told).toEqual([...upTo(page), `gap trimmed ${page}-1050`, ...upTo(1_100, 1_051)])
  })

  it('[REC18] epoch leads to the beginning of the new history', async () => {
    const stores = [memory(), memory()]
    await using scene = await openScene({ store: { open: (context) => stores[0]!.open(context) } })
    const ada = await join(scene, 'ada', 'plain')
    await scene.say('plain', 1, 2)
    await scene.pair.flush()
    await whileAway(scene, ada, async () => {
      await scene.pair.stopNode(0)
      stores.shift()
      await scene.pair.startNode(0)
      await scene.say('plain', 3, 4)
    })
    expect(ada.told).toEqual([1, 2, 'gap epoch 2-0', 3, 4])
  })
})
