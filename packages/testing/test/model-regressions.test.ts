import { describe, expect, it } from 'vitest'
import { createPair, type Pair } from '@millrace/testing'
import { board, boardApp } from './support/board.ts'

/** What seeds of the model found, as the shortest story that shows it. */
describe('found by the model', () => {
  const start = async (user: string, pair: Pair) => {
    const { client, cable } = pair.client({ auth: { user } })
    const room = client.use(board).room('plain', { id: 'a' })
    const joined = room.join()
    await pair.flush()
    await joined
    return { room, cable }
  }

  it('[OUT15, P5] a request that ran is not called refused because its member was kicked before the retry (seed 225)', async () => {
    await using pair = await createPair({ implementations: [boardApp()] })
    const { room, cable } = await start('ada', pair)
    const answer = room.request('post', { n: 1 })
    const outcome = expect(answer).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await pair.flush(undefined, 1) // the request
    cable.cut()
    await pair.advance(2_000)
    await pair.flush(undefined, 5) // to the answer of the join
    expect([cable.wire?.count('up')]).toEqual([1])
    pair.room(board, 'plain', { id: 'a' }).kick({ userId: 'ada' })
    await pair.flush()
    await outcome
  })
})
