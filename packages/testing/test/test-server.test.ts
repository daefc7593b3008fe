import { describe, expect, it } from 'vitest'
import { startTestCluster, startTestServer } from '@millrace/testing'
import { board, boardApp } from './support/board.ts'

describe('test server', () => {
  it('serves a real port until it is disposed', async () => {
    const test = await startTestServer({ implementations: [boardApp()] })
    const room = test
      .client({ auth: { user: 'ada' } })
      .use(board)
      .room('plain', { id: 'a' })
    await room.join()
    const heard = new Promise((resolve) => room.on('note', resolve))
    expect((await room.publish('note', { n: 1 })).position.offset).toBe(1)
    expect(await heard).toEqual({ n: 1 })
    expect((await fetch(`${test.url}/readyz`)).status).toBe(200)
    await test[Symbol.asyncDispose]()
    await expect(fetch(`${test.url}/readyz`)).rejects.toThrow('fetch failed')
    expect(test.errors).toEqual([])
  })
})

describe('test cluster', () => {
  it('[P1] delivers what is published on any node to members on every node, in one order', async () => {
    await using cluster = await startTestCluster({ implementations: [boardApp()], nodes: 3 })
    const rooms = cluster.nodes.map((node, index) =>
      node
        .client({ auth: { user: `user ${index}` } })
        .use(board)
        .room('plain', { id: 'a' }),
    )
    await Promise.all(rooms.map((room) => room.join()))
    const heard = rooms.map((room) => {
      const numbers: number[] = []
      return new Promise<number[]>((resolve) => room.on('note', ({ n }) => numbers.push(n) === 30 && resolve(numbers)))
    })
    await Promise.all(Array.from({ length: 30 }, (_, n) => rooms[n % 3]!.publish('note', { n })))
    const [first, ...others] = await Promise.all(heard)
    expect(new Set(first).size).toBe(30)
    for (const other of others) expect(other).toEqual(first)
  })
})
