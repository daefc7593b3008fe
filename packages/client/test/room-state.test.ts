import { expect, test } from 'vitest'
import { answerJoin, reconnect, start, startConnected, startJoined, turn } from './support/start-client.ts'

test('[CLI26] keeps the newest value per key', async () => {
  const test = await startJoined()
  const { room } = test
  const seen: unknown[] = []
  room.on('score', ({ points }, { key }) => seen.push([key, points]))
  room.on('removed', (value) => seen.push(value))
  const score = (player: string, points: number) => ['score', player, { player, points }]
  const state = (version: number, kind: string, values: unknown[]) => ({
    room: 7,
    epoch: 's',
    version,
    id: `v${version}`,
    kind,
    values,
  })
  test.server.send('~state', state(1, 'replace', [score('ann', 1), score('bob', 2)]))
  test.server.send(
    '~state',
    state(2, 'change', [score('ann', 3), ['score', 'bob'], ['unheard', 'x', 1], ['score', 'cyd', { points: 'many' }]]),
  )
  expect([...room.state('score')]).toEqual([['ann', { player: 'ann', points: 3 }]])
  expect(seen).toEqual([['ann', 1], ['bob', 2], ['ann', 3], { name: 'score', key: 'bob' }])
  expect(test.errors).toHaveLength(2)
  test.clock.advance(5_000)
  test.transport.last.break()
  const join = answerJoin(await reconnect(test), {
    position: start,
    recovered: true,
    state: state(9, 'replace', [score('dan', 4)]),
  })
  expect(join.state).toEqual({ epoch: 's', version: 2, id: 'v2' })
  await turn()
  expect([...room.state('score').keys()]).toEqual(['dan'])
  expect(seen.slice(4)).toEqual([{ name: 'score', key: 'ann' }, ['dan', 4]])
})

test('[CLI27] tells who is there', async () => {
  const { ns, server, clock, errors } = await startConnected()
  const lobby = ns.room('lobby')
  const changes: unknown[] = []
  lobby.presence.on(({ changed, left, count }) => changes.push([changed.map(({ id }) => id), left, count]))
  const member = (id: string, status: string) => ({ id, user: { name: id }, metas: [{ id: 'c', state: { status } }] })
  const joined = lobby.join({ presence: { status: 'active' } })
  await turn()
  const join = answerJoin(server, {
    presence: { kind: 'replace', count: 2, members: [member('ann', 'active'), member('bob', 'away')] },
  })
  expect(join.presence).toEqual({ status: 'active' })
  await joined
  expect(lobby.presence.members().map(({ id, user, metas }) => [id, user.name, metas[0]?.state.status])).toEqual([
    ['ann', 'ann', 'active'],
    ['bob', 'bob', 'away'],
  ])
  clock.runDeferred()
  await turn()
  server.send('~presence', {
    room: 7,
    kind: 'change',
    count: 300,
    members: [member('cyd', 'active'), member('dan', 'asleep')],
    left: ['ann'],
  })
  await turn()
  expect(lobby.presence.members().map(({ id }) => id)).toEqual(['bob', 'cyd'])
  expect(lobby.presence.count).toBe(300)
  expect(changes).toEqual([
    [['ann', 'bob'], [], 2],
    [['cyd'], ['ann'], 300],
  ])
  expect(errors).toMatchObject([{ code: 'INVALID_INPUT' }])
  server.send('~presence', { room: 7, kind: 'replace', count: 1, members: [member('cyd', 'away')] })
  await turn()
  expect(lobby.presence.members().map(({ id }) => id)).toEqual(['cyd'])
})

test('[CLI28] what the client says of itself goes with every join', async () => {
  const test = await startConnected()
  const lobby = test.ns.room('lobby')
  await lobby.presence.set({ status: 'away' })
  const joined = lobby.join({ presence: { status: 'active' } })
  answerJoin(test.server)
  await joined
  const changed = lobby.presence.set({ status: 'away' })
  await turn()
  const sent = test.server.take('~presence')
  expect(sent.argument).toEqual({ room: 7, state: { status: 'away' } })
  sent.ack({ ok: true })
  await changed
  // @ts-expect-error not a status of the contract
  await expect(lobby.presence.set({ status: 'asleep' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    path: 'status',
  })
  // @ts-expect-error the room has presence
  await expect(lobby.join({})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  test.transport.last.break()
  expect(answerJoin(await reconnect(test), { recovered: true }).presence).toEqual({ status: 'away' })
})
