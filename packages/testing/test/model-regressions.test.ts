import { describe, expect, it } from 'vitest'
import type { WireJoined } from '@millrace/contract'
import { createPair, LogTrouble, type Pair } from '@millrace/testing'
import { board, boardApp } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'

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
    const say = pair.room(board, 'plain', { id: 'a' })
    const joining = { room: 'plain', params: { id: 'a' } }
    const first = await rawClient(pair, 'ada')
    const start = await askNow(pair, first, '~join', joining)
    first.close()
    await pair.run(10_000) // the room closes, so that the position is looked for in the log
    await say.publish('note', { n: 1 })
    const client = await rawClient(pair, 'ada', { millrace: 1 })
    trouble.holdReads()
    const overtaken = client.ask('~join', { ...joining, position: start.ok && (start.data as WireJoined).position })
    await pair.flush()
    expect(await askNow(pair, client, '~join', joining)).toMatchObject({ data: { position: { offset: 1 } } })
    trouble.releaseReads()
    await pair.flush()
    expect(await overtaken).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } })
    await say.publish('note', { n: 2 })
    await pair.flush()
    expect(
      client.got.filter(([name]) => name === '~frame').map(([, frame]) => (frame as { from: number }).from),
    ).toEqual([2])
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
