import { expect, it, vi } from 'vitest'
import { openRedis } from './fixtures/open-redis.ts'

it('[RDS28] messages that a frozen Redis does not take are bounded in bytes, and local listeners hear them all', async () => {
  await using fixture = await openRedis()
  const [sender, receiver] = await Promise.all([fixture.open(), fixture.open()])
  const [local, remote]: [string[], string[]] = [[], []]
  await sender.bus.subscribe('news', ({ head }) => void local.push(head))
  await receiver.bus.subscribe('news', ({ head }) => void remote.push(head))
  const payload = new Uint8Array(1_000_000)
  fixture.server.freeze()
  for (let n = 0; n < 40; n++) sender.bus.publish('news', { head: String(n), payload })
  fixture.server.thaw()
  expect(local).toHaveLength(40)
  await vi.waitFor(() => {
    sender.bus.publish('news', { head: 'last', payload: '' })
    expect(remote).toContain('last')
  })
  const taken = remote.filter((head) => head !== 'last')
  expect(taken).toEqual(Array.from({ length: 15 }, (_, n) => String(n)))
})
