import { describe, expect, it } from 'vitest'
import { board } from './support/board.ts'
import { join, openScene, takeSeat, whileAway } from './support/scene.ts'

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('snapshots', () => {
  it('[REC30, P2] are captured before they are read, so that what happens meanwhile follows', async () => {
    await using scene = await openScene()
    const note = async (n: number) => {
      scene.truth.notes.push(n)
      await scene.pair.room(board, 'shown', { id: 'a' }).publish('note', { n })
    }
    await note(1)
    const bob = await join(scene, 'bob', 'shown')
    scene.truth.whileReading = async () => {
      scene.truth.whileReading = () => {}
      await note(2)
      await scene.pair.settle()
    }
    const ada = takeSeat(scene, 'ada', 'shown')
    const joined = ada.room.join()
    await scene.pair.flush()
    expect(await joined).toEqual({ recovered: false, snapshot: { notes: [1, 2] } })
    await note(3)
    await scene.pair.flush()
    expect([ada.heard, bob.heard]).toEqual([
      [2, 3],
      [2, 3],
    ])
  })

  it('[REC30] come with a gap, and what follows their position follows', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'shown')
    await scene.say('shown', 1)
    await scene.pair.flush()
    await whileAway(scene, ada, async () => {
      scene.truth.notes = [1, 2, 3]
      await scene.say('shown', 2, 3)
      await (await scene.faults('shown')).trim(1)
      await scene.pair.run(11_000)
    })
    await scene.say('shown', 4)
    await scene.pair.flush()
    expect(ada.told).toEqual([1, 'gap trimmed 1-3', 4])
    expect(ada.gaps[0]?.snapshot).toEqual({ notes: [1, 2, 3] })
  })

  it('[REC31] are shared by those who need one at the same time', async () => {
    await using scene = await openScene()
    let reads = 0
    let finish = () => {}
    scene.truth.whileReading = () => {
      reads++
      return new Promise((resolve) => (finish = resolve))
    }
    const seats = ['ada', 'bob', 'cyd'].map((user) => takeSeat(scene, user, 'shown'))
    const joined = seats.map(({ room }) => room.join())
    await scene.pair.flush()
    finish()
    await scene.pair.flush()
    expect([(await Promise.all(joined)).length, reads]).toEqual([3, 1])
  })

  it('[REC31] but one that stands before what the log retains is read anew (seed 133)', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'shown')
    await scene.say('shown', 1)
    await scene.pair.flush()
    ada.cable.isPlugged = false
    ada.cable.cut()
    let finish = () => {}
    scene.truth.whileReading = () => {
      scene.truth.whileReading = () => {}
      return new Promise((resolve) => (finish = resolve))
    }
    const bob = takeSeat(scene, 'bob', 'shown')
    const joined = bob.room.join()
    await scene.pair.flush()
    await scene.say('shown', ...upTo(1_000, 2))
    scene.truth.notes = upTo(1_000)
    await (await scene.faults('shown')).trim(10)
    ada.cable.isPlugged = true
    await scene.pair.run(5_000)
    finish()
    await scene.pair.flush()
    await joined
    expect(ada.told).toEqual([1, 'gap trimmed 1-1000'])
    expect(ada.gaps[0]?.snapshot).toEqual({ notes: upTo(1_000) })
  })

  it('[REC32] that fail refuse a join, and a member at a gap gets one once they work', async () => {
    await using scene = await openScene({ limits: { maxBufferedBytes: 0 } })
    scene.truth.whileReading = () => Promise.reject(new Error('no snapshot for now'))
    const bob = takeSeat(scene, 'bob', 'shown')
    const refused = bob.room.join().then(
      () => 'joined',
      (error: { code: string }) => error.code,
    )
    await scene.pair.flush()
    expect([await refused, scene.pair.errors.map(String)]).toEqual(['INTERNAL', ['Error: no snapshot for now']])
    scene.truth.whileReading = () => {}
    const ada = await join(scene, 'ada', 'shown')
    await scene.say('shown', 1, 2)
    await scene.pair.flush()
    scene.truth.whileReading = () => Promise.reject(new Error('no snapshot for now'))
    await (await scene.faults('shown')).rewind(1)
    await scene.say('shown', 3)
    await scene.pair.run(500)
    expect([ada.told, ada.client.state.state]).toEqual([[1, 2], 'connected'])
    scene.truth.whileReading = () => {}
    scene.truth.notes = [1, 3]
    await scene.pair.run(500)
    expect([ada.told, ada.gaps[0]?.snapshot]).toEqual([[1, 2, 'gap rewound 2-2'], { notes: [1, 3] }])
  })
})
