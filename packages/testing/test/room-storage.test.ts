import { createPublisher, memory } from '@millrace/server'
import { startTestCluster } from '@millrace/testing'
import { expect, it } from 'vitest'
import { followed, followedApp } from './support/followed.ts'

it('[KPT20, KPT21] is the same from a handler, a server without members, and a publisher; nodes are told apart', async () => {
  const store = memory()
  await using cluster = await startTestCluster({ implementations: [followedApp()], nodes: 2, store })
  const publisher = await createPublisher({ contracts: [followed], store })
  const [first, second] = cluster.nodes.map(({ server }) => server.room(followed, 'page', { id: 'a' }))
  const outside = publisher.room(followed, 'page', { id: 'a' })
  const other = publisher.room(followed, 'page', { id: 'b' })

  for (let n = 1; n <= 3; n++) await first!.publish('note', { n })
  const client = cluster.nodes[1]!.client({ auth: { user: 'ada' } })
  const page = client.use(followed).room('page', { id: 'a' })
  await page.join({ presence: { hat: 'red' } })
  expect(await page.request('tail', {})).toBe(3)
  const tails = await Promise.all([first!, second!, outside].map(({ storage }) => storage.tail()))
  expect(tails.map(({ offset }) => offset)).toEqual([3, 3, 3])

  const bytes = Uint8Array.from([1, 2, 255])
  const written = await outside.storage.blobs.write({ name: 'snapshot', bytes, replaces: null })
  expect(await first!.storage.blobs.read('snapshot')).toMatchObject({ bytes, revision: written.revision })
  expect((await second!.storage.blobs.list('snap')).map(({ name }) => name)).toEqual(['snapshot'])
  expect([await other.storage.blobs.list(''), (await other.storage.tail()).offset]).toEqual([[], 0])

  await second!.storage.trim(tails[0]!)
  const query = { direction: 'after', position: null, limit: 10, maxBytes: 1_000 } as const
  expect(await first!.storage.read(query)).toMatchObject({ kind: 'page', entries: [], top: tails[0] })
  expect(await second!.storage.blobs.remove('snapshot', written.revision ?? '')).toBe(true)
  expect(await outside.storage.blobs.read('snapshot')).toBeUndefined()

  const again = cluster.nodes[0]!.server.room(followed, 'page', { id: 'b' })
  expect([first!.node === again.node, outside.node === other.node]).toEqual([true, true])
  expect(new Set([first!.node, second!.node, outside.node]).size).toBe(3)

  await publisher.close()
  await expect(outside.storage.blobs.read('snapshot')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(outside.storage.tail()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
