import { describe, expect, it } from 'vitest'
import { createPair } from '@millrace/testing'
import { board, boardApp } from './support/board.ts'

describe('pair', () => {
  it('joins a client and a server over queues that only the test moves', async () => {
    await using pair = await createPair({ implementations: [boardApp()] })
    const { client } = pair.client({ auth: { user: 'ada' } })
    const room = client.use(board).room('plain', { id: 'a' })
    const heard: number[] = []
    room.on('note', ({ n }) => heard.push(n))
    const joined = room.join()
    await pair.settle()
    expect(pair.network.ready()).toHaveLength(1)
    await pair.flush()
    expect(await joined).toEqual({ snapshot: undefined, recovered: false })
    const published = room.publish('note', { n: 1 })
    await pair.flush()
    expect((await published).position.offset).toBe(1)
    expect(heard).toEqual([1])
    expect(pair.errors).toEqual([])
  })
})
