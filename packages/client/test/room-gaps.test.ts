import { expect, test } from 'vitest'
import { answerJoin, messages, reconnect, startJoined, turn } from './support/start-client.ts'

const at = (offset: number, epoch = 'e') => ({ epoch, offset, id: offset === 0 ? '' : `m${offset}` })

test('[CLI24] a gap is told before any later event, with its snapshot', async () => {
  const { room, server } = await startJoined()
  const seen: unknown[] = []
  room.on('message', ({ text }) => seen.push(text))
  room.on('gap', (gap) => seen.push(gap))
  server.send('~frame', messages(1, 1))
  server.send('~gap', {
    room: 7,
    reason: 'trimmed',
    from: at(1),
    to: at(40),
    snapshot: { messages: [{ text: 'm40' }] },
  })
  server.send('~frame', messages(41, 41))
  expect(seen).toEqual([
    'm1',
    { reason: 'trimmed', from: at(1), to: at(40), snapshot: { messages: [{ text: 'm40' }] } },
    'm41',
  ])
})

test('[CLI24] from is where the client stands, so that nothing is left out between its events and its gaps', async () => {
  const { room, server } = await startJoined()
  const gaps: unknown[] = []
  room.on('gap', ({ from, to }) => gaps.push([from, to]))
  server.send('~frame', messages(1, 2))
  server.send('~gap', { room: 7, reason: 'rewound', from: at(9), to: at(12) })
  server.send('~gap', { room: 7, reason: 'nothing', from: at(9), to: at(12) })
  expect(gaps).toEqual([[at(2), at(12)]])
  expect(server.take('~join').argument).toMatchObject({ position: at(12) })
})

test('[CLI25] a join that does not recover is told as a gap, whatever else the answer says', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('gap', ({ reason, from, to, snapshot }) => seen.push([reason, from, to, snapshot]))
  test.room.on('joined', ({ recovered }) => seen.push(recovered))
  test.room.on('message', ({ text }) => seen.push(text))
  test.server.send('~frame', messages(1, 2))
  const answers = [
    {
      recovered: false,
      gap: { reason: 'trimmed', from: at(2), to: at(9) },
      position: at(9),
      snapshot: { messages: [] },
    },
    { recovered: true, position: at(12), snapshot: undefined },
    { recovered: false, position: { epoch: 'f', offset: 0, id: '' } },
  ]
  for (const answer of answers) {
    test.clock.advance(5_000)
    test.transport.last.break()
    answerJoin(await reconnect(test), answer)
    await turn()
    test.clock.runDeferred()
    await turn()
  }
  expect(seen).toEqual([
    'm1',
    'm2',
    ['trimmed', at(2), at(9), { messages: [] }],
    false,
    ['trimmed', at(9), at(12), undefined],
    false,
    ['epoch', at(12), { epoch: 'f', offset: 0, id: '' }, { messages: [] }],
    false,
  ])
})
