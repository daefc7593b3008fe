import { describe, expect, it } from 'vitest'
import { join, openScene } from './support/scene.ts'

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const limits = { maxBufferedBytes: 1_000 }

describe('members that read slowly', () => {
  it('[REC9, P6, P2] are sent no more than the limit and a frame, and miss nothing once they read', async () => {
    await using scene = await openScene({ limits })
    const [ada, bob] = await Promise.all([join(scene, 'ada', 'plain'), join(scene, 'bob', 'plain')])
    ada.cable.hold('down')
    for (const n of upTo(300)) await scene.say('plain', n)
    await scene.pair.flush()
    expect(bob.told).toEqual(upTo(300))
    expect(ada.told).toEqual([])
    expect(ada.cable.wire?.bytes('down')).toBeLessThan(2_000)
    ada.cable.release()
    await scene.pair.flush()
    expect(ada.told).toEqual(upTo(300))
    await scene.say('plain', 301)
    await scene.pair.flush()
    expect([ada.told.at(-1), bob.told.at(-1)]).toEqual([301, 301])
  })

  it('[REC9, P2] are told of a gap where the log was trimmed meanwhile', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    ada.cable.hold('down')
    for (const n of upTo(600)) await scene.say('plain', n)
    await (await scene.faults('plain')).trim(10)
    ada.cable.release()
    await scene.pair.flush()
    const [before, after] = [ada.told.findIndex((told) => typeof told === 'string'), upTo(600)]
    expect(ada.gaps).toMatchObject([{ reason: 'trimmed' }])
    expect(ada.told.slice(0, before)).toEqual(after.slice(0, before))
    expect(ada.told.slice(before + 1)).toEqual(after.slice(-10))
  })

  it('[REC60] are disconnected with SLOW where they take nothing for 60 s, and recover', async () => {
    await using scene = await openScene({ limits })
    for (const [waitMs, reasons] of [
      [59_000, []],
      [61_000, [{ code: 'SLOW' }]],
    ] as const) {
      const ada = await join(scene, `ada ${waitMs}`, 'plain')
      const seen: unknown[] = []
      ada.client.onState((state) => state.state === 'waiting' && seen.push(state.reason))
      ada.cable.hold('down')
      for (const n of upTo(100)) await scene.say('plain', n)
      await scene.pair.run(waitMs)
      ada.cable.release()
      await scene.pair.run(10_000)
      expect(seen).toMatchObject(reasons)
      expect(ada.told).toEqual(upTo(100))
    }
  })
})
