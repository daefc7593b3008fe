import { expect, test } from 'vitest'
import { answerJoin, messages, start, startConnected, startJoined, turn } from './support/start-client.ts'

const at = (offset: number, epoch = 'e') => ({ epoch, offset, id: offset === 0 ? '' : `m${offset}` })

test('[CLI20] takes a frame only if it continues, else recovers from its position', async () => {
  const { room, server, client, clock, errors } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(1, 2))
  const broken = [
    messages(4, 5),
    messages(3, 3, { prev: 'other' }),
    messages(3, 3, { epoch: 'f' }),
    messages(2, 2, { id: 'x', entries: [['x', 'message', { text: 'x' }, 1]] }),
    'no frame',
  ]
  for (const frame of broken) {
    server.send('~frame', frame === 'no frame' ? { room: 7, kind: frame } : frame)
    clock.advance(20_000)
    expect(answerJoin(server, { recovered: true, position: at(2) })).toMatchObject({ position: at(2) })
    clock.runDeferred()
    await turn()
  }
  server.send('~frame', messages(3, 3))
  await turn()
  expect(texts).toEqual(['m1', 'm2', 'm3'])
  expect(client.protocolErrors).toBe(broken.length)
  expect(errors).toHaveLength(broken.length)
})

test('[CLI20] frames that arrive while it recovers are not taken', async () => {
  const { room, server, clock } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(2, 2))
  server.send('~frame', messages(1, 1))
  answerJoin(server, { recovered: true, position: start })
  clock.runDeferred()
  await turn()
  server.send('~frame', messages(1, 1))
  expect(texts).toEqual(['m1'])
})

test('[CLI20] a server that goes on breaking the protocol is asked at growing intervals', async () => {
  const { server, clock } = await startJoined({ reconnect: { minDelayMs: 100 } })
  server.send('~frame', messages(5, 5))
  answerJoin(server, { recovered: true, position: start })
  server.send('~frame', messages(5, 5))
  expect(server.sent).toEqual([])
  clock.advance(99)
  expect(server.sent).toEqual([])
  clock.advance(1)
  answerJoin(server, { recovered: true, position: start })
})

test('[CLI21] drops what it has seen, and takes the rest of the frame', async () => {
  const { room, server, client } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(1, 3))
  server.send('~frame', messages(1, 2))
  server.send('~frame', messages(2, 3))
  server.send('~frame', messages(2, 5))
  server.send('~frame', { ...messages(6, 8), kind: 'skip', entries: undefined })
  server.send('~frame', messages(9, 9))
  expect(texts).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm9'])
  expect(client.protocolErrors).toBe(0)
})

test('[CLI22] an entry that does not fit is reported and left out, and the position moves on', async () => {
  const { room, server, errors, client } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  room.on('renamed', ({ title }) => texts.push(title))
  const entries = [
    ['m1', 'message', { text: 7 }, 1],
    ['m2', 'unheard', {}, 1],
    ['m3', 'renamed', { title: 'old version' }, 1],
    ['m4', 'typing', { who: 'not durable' }, 1],
    ['m5', 'constructor', {}, 1],
    null,
    ['m7', 'renamed@2', { title: 'new' }, 1],
    ['m8', 'message', { text: 'm8' }, 1],
  ]
  server.send('~frame', messages(1, 8, { entries }))
  server.send('~frame', messages(9, 9))
  expect(texts).toEqual(['new', 'm8', 'm9'])
  expect(errors.map((error) => (error as Error & { code: string }).code)).toEqual([
    'INVALID_INPUT',
    ...Array<string>(4).fill('CONTRACT_MISMATCH'),
  ])
  expect(client.protocolErrors).toBe(0)
})

test('[CLI23] replayed are the events up to the top of the join', async () => {
  const { ns, server, clock } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  const seen: unknown[] = []
  room.on('message', ({ text }, { replayed, position, key, from, at: time }) =>
    seen.push([text, replayed, position.offset, key, from, time]),
  )
  const joined = room.join()
  answerJoin(server, { top: at(2) })
  server.send('~frame', messages(1, 2))
  server.send('~frame', messages(3, 3, { entries: [['m3', 'message', { text: 'm3' }, 3, 'ann', 'k']] }))
  await joined
  clock.runDeferred()
  await turn()
  expect(seen).toEqual([
    ['m1', true, 1, null, null, 1],
    ['m2', true, 2, null, null, 2],
    ['m3', false, 3, 'k', 'ann', 3],
  ])
})
