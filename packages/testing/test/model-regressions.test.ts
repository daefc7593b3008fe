import { describe, expect, it } from 'vitest'
import { createPair, LogTrouble, type Pair } from '@millrace/testing'
import { board, boardApp } from './support/board.ts'

/** What seeds of the model found, as the shortest story that shows it. */
describe('found by the model', () => {
  const start = async (user: string, pair: Pair) => {
    const { client, cable } = pair.client({ auth: { user } })
    const room = client.use(board).room('plain', { id: 'a' })
    const joined = room.join()
    await pair.flush()
    await joined
    return { client, room, cable }
  }

  it('[REC20] a join whose answer takes long does not undo a later one of the same client (seed 287)', async () => {
    const trouble = new LogTrouble()
    await using pair = await createPair({ implementations: [boardApp()], wrapStore: (store) => trouble.wrap(store) })
    const { client, room, cable } = await start('ada', pair)
    const say = pair.room(board, 'plain', { id: 'a' })
    cable.cut()
    await say.publish('note', { n: 1 })
    await pair.advance(20_000) // the room closes, so that the position is looked for in the log
    trouble.holdReads()
    await pair.flush()
    expect(trouble.heldReads).toBe(1)
    await room.leave()
    const again = room.join()
    const heard: number[] = []
    room.on('note', ({ n }) => heard.push(n))
    await pair.flush()
    await again
    trouble.releaseReads()
    await say.publish('note', { n: 2 })
    await pair.flush()
    expect([heard, client.protocolErrors]).toEqual([[2], 0])
  })

  it('[OUT15, P5] a request that ran is not called refused because its member was kicked before the retry (seed 225)', async () => {
    await using pair = await createPair({ implementations: [boardApp()] })
    const { room, cable } = await start('ada', pair)
    const outcome = room.tryRequest('post', { n: 1 })
    await pair.flush(undefined, 1) // the request
    cable.cut()
    await pair.advance(2_000)
    await pair.flush(undefined, 5) // to the answer of the join
    expect([cable.wire?.count('up')]).toEqual([1])
    pair.room(board, 'plain', { id: 'a' }).kick({ userId: 'ada' })
    await pair.flush()
    expect(await outcome).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
  })
})
