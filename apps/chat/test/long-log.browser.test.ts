import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import { percentile, watchFrames } from './frames.ts'
import type { Person } from './person.ts'
import { fillConversation } from './ten-thousand.ts'

const scene = chatScene()

/** The numbers of the messages in the page, from top to bottom. */
const shown = async (person: Person) => (await person.inOrder(/No \d+\./)).map((text) => Number(text.slice(3, -1)))

it('[CHP10, CHP28] ten thousand messages scroll back to the first one smoothly', { timeout: 120_000 }, async () => {
  const [hers, his] = await scene.team('long', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  await scene.server.kill()
  fillConversation(join(scene.folder, 'chat.sqlite'), 'long', [hers.user.id, his.user.id])
  await scene.startAgain()
  const ada = await scene.come(hers, { at: 'long', viewport: { width: 1440, height: 900 } })
  await ada.seesStored('No 10000.')
  await ada.log.hover()
  const stop = await watchFrames(ada.page)
  let top = 10_000
  while (top > 1) {
    // To look at the log is work of its own, so seldom.
    for (let step = 0; step < 100; step++) await ada.page.mouse.wheel(0, -400)
    const numbers = await shown(ada)
    expect(numbers[0]).toBeLessThan(top)
    ;[top = 0] = numbers
    expect(numbers).toEqual(numbers.map((_, index) => top + index))
  }
  const { intervals, busyMs } = await stop()
  const shares = [50, 90, 95, 99, 100].map((share) => `${share}% within ${percentile(intervals, share).toFixed(1)} ms`)
  const perFrame = (busyMs / intervals.length).toFixed(1)
  console.log(
    `${intervals.length} frames: ${shares.join(', ')}; ${perFrame} ms of the main thread's own work per frame`,
  )
  expect(intervals.length).toBeGreaterThan(500)
  expect(percentile(intervals, 95)).toBeLessThanOrEqual(34)
})
