import type { WireFrame, WireJoined } from '@millrace/contract'
import { startTestServer } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { connectStock, type StockClient } from './server-stock-client.ts'
import { followed, followedApp, pageOf } from './support/followed.ts'

const largest = 4_000_000

const blobOf = (n: number) => Buffer.alloc(largest, n)

/** What the first byte of each blob is, in the order in which they came; -1 where it is not the whole of one. */
function blobsOf({ inbox }: StockClient): readonly number[] {
  return inbox.all.flatMap(({ name, args }) => {
    if (name === 'blob') return [shapeOf(args[0])]
    if (name !== '~frame') return []
    const frame = args[0] as WireFrame
    return frame.kind === 'full' ? frame.entries.map((entry) => shapeOf(entry?.[2])) : []
  })
}

function shapeOf(payload: unknown): number {
  const [first = -1] = payload as Buffer
  return blobOf(first).equals(payload as Buffer) ? first : -1
}

describe('the size of an event', () => {
  it('[KPT29] is what the event says for servers, and what the server says for members', async () => {
    const limits = { maxPayloadBytes: 1_000 }
    await using served = await startTestServer({ implementations: [followedApp()], limits })
    const page = served.server.room(followed, 'page', { id: 'a' })
    const tooLarge = { code: 'PAYLOAD_TOO_LARGE' }
    await expect(page.publish('blob', new Uint8Array(largest + 1))).rejects.toMatchObject(tooLarge)
    await expect(page.publish('word', 'a'.repeat(19))).rejects.toMatchObject(tooLarge)
    expect((await page.publish('word', 'a'.repeat(18))).position.offset).toBe(1)
    await using client = await connectStock(`${served.url}/followed`, { auth: { user: 'ada' } })
    const { room } = await client.join('page', pageOf.params, pageOf)
    expect(await client.call('blob', { room, input: Buffer.alloc(1_001) })).toMatchObject({ error: tooLarge })
    expect(await client.call('blob', { room, input: Buffer.alloc(1_000) })).toMatchObject({ ok: true })
  })

  it('[KPT30] may be 4,000,000 bytes: members of every kind get them live, several in one tick, and after they were away', async () => {
    await using served = await startTestServer({ implementations: [followedApp()] })
    const page = served.server.room(followed, 'page', { id: 'a' })
    const url = `${served.url}/followed`
    const frames = { auth: { user: 'ada', millrace: 1 } }
    await using framed = await connectStock(url, frames)
    await using stock = await connectStock(url, { auth: { user: 'bob' } })
    await using polling = await connectStock(url, { ...frames, transports: ['polling'] })
    const members = [framed, stock, polling]
    const joined: WireJoined[] = []
    for (const member of members) joined.push(await member.join('page', pageOf.params, pageOf))
    const heard: number[] = []
    const own = served
      .client({ auth: { user: 'cyd' } })
      .use(followed)
      .room('page', { id: 'a' })
    own.on('blob', (blob) => void heard.push(blob[0]!, blob.byteLength))
    await own.join({ presence: { hat: 'red' } })

    await Promise.all([1, 2, 3].map((n) => page.publish('blob', blobOf(n))))
    const isBlob = ({ name }: { name: string }) => name === 'blob' || name === '~frame'
    await Promise.all(members.map(({ inbox }) => inbox.count(3, isBlob)))
    expect(members.map(blobsOf)).toEqual(members.map(() => [1, 2, 3]))
    await expect.poll(() => heard).toEqual([1, largest, 2, largest, 3, largest])

    await using returned = await connectStock(url, frames)
    const more = { ...pageOf, position: joined[0]?.position }
    expect(await returned.join('page', pageOf.params, more)).toMatchObject({ recovered: true })
    await returned.inbox.count(3, isBlob)
    expect(blobsOf(returned)).toEqual([1, 2, 3])
  })
})
