import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { InboxEntry } from '../contract.ts'
import { createInboxNews } from '../inbox-news.ts'

function entry(rev: number): InboxEntry {
  return { id: 'c', kind: 'open', title: 'c', other: null, lastSeq: rev, last: null, readSeq: 0, mentionCount: 0, rev }
}

it('[APP39] what an inbox has in the end is the newest, in whatever order nodes read and publish', async () => {
  const changes = fc.array(fc.record({ node: fc.nat(1), onlyTo: fc.constantFrom(undefined, 'ada', 'bob') }), {
    minLength: 1,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), changes, async (scheduler, plan) => {
      const stored = new Map([
        ['ada', 1],
        ['bob', 1],
      ])
      const published = new Map(stored)
      const nodes = [0, 1].map(() =>
        createInboxNews(
          async () => {
            await scheduler.schedule(Promise.resolve(), 'ask')
            const entries = [...stored].map(([userId, rev]) => ({ userId, entry: entry(rev) }))
            await scheduler.schedule(Promise.resolve(), 'answer')
            return entries
          },
          async (userId, { rev }) => {
            await scheduler.schedule(Promise.resolve(), 'publish')
            published.set(userId, rev)
          },
        ),
      )
      const done = plan.map(async ({ node, onlyTo }) => {
        await scheduler.schedule(Promise.resolve(), 'change')
        for (const [userId, rev] of stored) if (userId === (onlyTo ?? userId)) stored.set(userId, rev + 1)
        await nodes[node]?.('c', onlyTo)
      })
      await scheduler.waitFor(Promise.all(done))
      expect(published).toEqual(stored)
    }),
  )
})

it('[APP39] calls that come while one runs share the next', async () => {
  let reads = 0
  const tell = createInboxNews(
    () => Promise.resolve([{ userId: 'ada', entry: entry(Math.min(++reads, 5)) }]),
    () => Promise.resolve(),
  )
  const first = tell('c')
  await Promise.resolve()
  const others = Array.from({ length: 20 }, () => tell('c'))
  expect(new Set(others)).toEqual(new Set([others[0]]))
  expect(others[0]).not.toBe(first)
  await expect(first).resolves.toMatchObject([{ entry: { rev: 1 } }])
  await expect(others[0]).resolves.toMatchObject([{ entry: { rev: 5 } }])
  expect(reads).toBe(6)
})

it('[APP39] a run that fails is the fault of nobody who comes after it', async () => {
  let reads = 0
  const tell = createInboxNews(
    () => (++reads === 1 ? Promise.reject(new Error('no database')) : Promise.resolve([])),
    () => Promise.resolve(),
  )
  const first = tell('c')
  await Promise.resolve()
  const next = tell('c')
  await expect(first).rejects.toThrow('no database')
  await expect(next).resolves.toEqual([])
  await expect(tell('c')).resolves.toEqual([])
})
