import { join } from 'node:path'
import { percentile, watchFrames } from '@millrace/app-design/test-kit'
import { beforeAll, expect, it } from 'vitest'
import type { Account } from './account.ts'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'
import { fillConversation } from './ten-thousand.ts'

const scene = chatScene()
const viewport = { width: 1440, height: 900 }

/** The numbers of the messages in the page, from top to bottom. */
const shown = async (person: Person) => (await person.inOrder(/No \d+\./)).map((text) => Number(text.slice(3, -1)))

let hers: Account
beforeAll(async () => {
  const [ada, bob] = await scene.team('long', 'Ada', 'Bob')
  if (!ada || !bob) throw new Error('two people')
  hers = ada
  await scene.killServer()
  fillConversation(join(scene.folder, 'chat.sqlite'), 'long', [ada.user.id, bob.user.id])
  await scene.startAgain()
})

it('[CHP10] older messages that come in front leave the reader where they are', async () => {
  const context = await scene.browser.newContext({ storageState: hers.storageState, viewport })
  const held: (() => void)[] = []
  let isHolding = false
  await context.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((frame) => (isHolding ? void held.push(() => socket.send(frame)) : socket.send(frame)))
  })
  const ada = await scene.open(context, 'long')
  await ada.seesStored('No 10000.')
  await ada.log.hover()
  isHolding = true
  // Until the server was asked for older messages, and its answer is on the way.
  const isAsked = async () => {
    await ada.page.mouse.wheel(0, -400)
    return (await ada.log.getAttribute('aria-busy')) === 'true'
  }
  await expect.poll(isAsked).toBe(true)
  // Rows that are measured on the way move the start.
  const scrollToStart = async () => {
    await ada.page.mouse.wheel(0, -10_000)
    return ada.log.evaluate((log) => log.scrollTop)
  }
  await expect.poll(scrollToStart).toBeLessThan(1)
  const [first = 0] = await shown(ada)
  const place = () =>
    ada.message(`No ${first + 3}.`).evaluate((message) => Math.round(message.getBoundingClientRect().top))
  const before = await place()
  isHolding = false
  for (const release of held) release()
  await expect.poll(async () => (await shown(ada))[0]).toBeLessThan(first)
  // Rows that came in front are measured in the frame after.
  await expect.poll(async () => Math.abs((await place()) - before)).toBeLessThanOrEqual(1)
})

it('[CHP10, CHP28] ten thousand messages scroll back to the first one smoothly', { timeout: 120_000 }, async () => {
  const ada = await scene.come(hers, { at: 'long', viewport })
  await ada.seesStored('No 10000.')
  await ada.log.hover()
  let top = 10_000
  const scrollBack = async (steps: number, px: number): Promise<void> => {
    for (let step = 0; step < steps; step++) await ada.page.mouse.wheel(0, -px)
    let numbers: readonly number[] = []
    // Older ones may still be on their way from the server.
    await expect.poll(async () => (numbers = await shown(ada))[0]).toBeLessThan(top)
    ;[top = 0] = numbers
    expect(numbers).toEqual(numbers.map((_, index) => top + index))
  }
  // A wheel turned as fast as a hand can: 14,000 px, or 300 messages, in a second.
  const stop = await watchFrames(scene.browser, ada.page)
  for (let round = 0; round < 5; round++) await scrollBack(100, 240)
  const frames = await stop()
  expect(top).toBeLessThan(9_000)
  while (top > 1) await scrollBack(10, 4_000)
  const shares = (values: readonly number[]) =>
    [50, 90, 95, 99].map((share) => `${share}% within ${percentile(values, share).toFixed(1)} ms`).join(', ')
  console.log(`${frames.intervals.length} frames came ${shares(frames.intervals)} of one another`)
  console.log(`and took ${shares(frames.workMs)} of the main thread's time`)
  // On a machine of its own the page shows a frame as soon as it has done its work for it.
  expect(frames.workMs.length).toBeGreaterThan(500)
  expect(percentile(frames.workMs, 95)).toBeLessThanOrEqual(34)
})
