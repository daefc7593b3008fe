import { defineContract, room } from '@millrace/contract'
import { implement, memory } from '@millrace/server'
import { manualClock, startTestServer, type TestUser } from '@millrace/testing'
import { startTcpProxy } from '@millrace/testing/faults'
import { expect, it, onTestFinished, vi } from 'vitest'

const hall = defineContract({ namespace: '/hall', rooms: { hall: room({}) } })
const clients = 300
/** Of time between two steps of the clock, ms. */
const stepMs = 10

/** Stands still while the machine has no time for this process: what is measured is the pace, not the machine. */
function attentiveClock() {
  const clock = manualClock({ defer: setImmediate })
  const steps = setInterval(() => clock.advance(stepMs), stepMs)
  onTestFinished(() => clearInterval(steps))
  return clock
}

it('[DRN11, DRN10, P11] of 300 real connections no second sees more than twice the mean come back', async () => {
  const backAt: number[] = []
  const app = (onConnect: () => void) =>
    implement<typeof hall, TestUser>(hall, { onConnect, rooms: { hall: { authorize: () => true } } })
  const [store, clock] = [memory(), attentiveClock()]
  await using first = await startTestServer({ implementations: [app(() => {})], store, clock })
  await using next = await startTestServer({
    implementations: [app(() => backAt.push(clock.monotonic()))],
    store,
    clock,
  })
  await using proxy = await startTcpProxy(Number(new URL(first.url).port))
  const url = `http://127.0.0.1:${proxy.port}`
  const all = Array.from({ length: clients }, () =>
    next.client({ url, auth: { user: 'ada' }, transports: ['websocket'] }),
  )
  for (let from = 0; from < clients; from += 100) {
    const some = all.slice(from, from + 100)
    for (const client of some) client.use(hall)
    await Promise.all(some.map((client) => client.connect()))
  }
  proxy.lead(Number(new URL(next.url).port))
  await first.server.drain({ loadBalancerWaitMs: 1_000, overMs: 5_000 })
  await vi.waitFor(() => expect(backAt).toHaveLength(clients))
  const seconds = (Math.max(...backAt) - Math.min(...backAt)) / 1_000
  const inSecondFrom = (from: number) => backAt.filter((at) => at >= from && at < from + 1_000).length
  expect(seconds).toBeGreaterThan(4)
  expect(Math.max(...backAt.map(inSecondFrom))).toBeLessThanOrEqual((2 * clients) / seconds)
  expect([...first.errors, ...next.errors]).toEqual([])
})
