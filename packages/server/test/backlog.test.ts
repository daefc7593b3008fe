import { expect, it, vi } from 'vitest'
import { Backlog } from '../src/connection/backlog.ts'

type Parts = ConstructorParameters<typeof Backlog>

it('[DEL62] a connection that takes a little now and then is not closed, and is listened to once however long that goes on', async () => {
  const timers: (() => void)[] = []
  let [left, drain] = [1_000, () => {}]
  const drained = vi.fn<() => Promise<void>>(() => new Promise((resolve) => (drain = resolve)))
  const close = vi.fn<() => void>()
  const peer = {
    isClosed: false,
    connection: { close },
    link: { hasRoomFor: () => left === 0, backlog: () => left, drained },
  }
  const node = {
    limits: { maxBufferedBytes: 1 },
    counters: { closedSlow: 0 },
    clock: { after: (_delayMs: number, run: () => void) => (timers.push(run), () => {}) },
  }
  const taken = new Backlog(node as unknown as Parts[0], peer as unknown as Parts[1]).taken()
  for (let minute = 1; minute <= 20; minute++) {
    await vi.waitFor(() => expect(timers).toHaveLength(minute))
    left -= 10
    timers[minute - 1]?.()
  }
  await vi.waitFor(() => expect(timers).toHaveLength(21))
  expect([drained.mock.calls.length, close.mock.calls.length]).toEqual([1, 0])
  left = 0
  drain()
  expect(await taken).toBe(true)
})
