import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createNewestPublisher } from '../src/newest-publisher.ts'

interface Item {
  readonly to: string
  readonly rev: number
}

const publisher = (read: () => Promise<readonly Item[]>, publish: (item: Item) => Promise<unknown>) =>
  createNewestPublisher<Item>({ read, target: ({ to }) => to, version: ({ rev }) => rev, publish })

it('[PIP52] what a target was told in the end is the newest, in whatever order nodes read and publish', async () => {
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
        publisher(
          async () => {
            await scheduler.schedule(Promise.resolve(), 'ask')
            const items = [...stored].map(([to, rev]) => ({ to, rev }))
            await scheduler.schedule(Promise.resolve(), 'answer')
            return items
          },
          async ({ to, rev }) => {
            await scheduler.schedule(Promise.resolve(), 'publish')
            published.set(to, rev)
          },
        ),
      )
      const done = plan.map(async ({ node, onlyTo }) => {
        await scheduler.schedule(Promise.resolve(), 'change')
        for (const [to, rev] of stored) if (to === (onlyTo ?? to)) stored.set(to, rev + 1)
        await nodes[node]?.('c', onlyTo)
      })
      await scheduler.waitFor(Promise.all(done))
      expect(published).toEqual(stored)
    }),
  )
})

it('[PIP53] calls that come while one runs share the next', async () => {
  let reads = 0
  const tell = publisher(
    () => Promise.resolve([{ to: 'ada', rev: Math.min(++reads, 5) }]),
    () => Promise.resolve(),
  )
  const first = tell('c')
  await Promise.resolve()
  const others = Array.from({ length: 20 }, () => tell('c'))
  expect(new Set(others)).toEqual(new Set([others[0]]))
  expect(others[0]).not.toBe(first)
  await expect(first).resolves.toMatchObject([{ rev: 1 }])
  await expect(others[0]).resolves.toMatchObject([{ rev: 5 }])
  expect(reads).toBe(6)
})

it('[PIP52] a call for one target tells no other, and subjects do not share', async () => {
  const told: string[] = []
  const tell = createNewestPublisher<Item & { readonly of: string }>({
    read: (of) => Promise.resolve(['ada', 'b', 'b ada'].map((to) => ({ of, to, rev: 1 }))),
    target: ({ to }) => to,
    version: ({ rev }) => rev,
    publish: ({ of, to }) => Promise.resolve(told.push(`${of}: ${to}`)),
  })
  // Names that would be one if they were put together.
  await Promise.all([tell('a', 'b ada'), tell('a b', 'ada'), tell('c')])
  expect(told.toSorted()).toEqual(['a b: ada', 'a: b ada', 'c: ada', 'c: b', 'c: b ada'])
})

it('[PIP53] a run that fails is the fault of nobody who comes after it', async () => {
  let reads = 0
  const tell = publisher(
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
