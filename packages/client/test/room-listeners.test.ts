import { expect, test } from 'vitest'
import { answerJoin, messages, reconnect, startJoined, turn } from './support/start-client.ts'

test('[CLI29] a kick ends the membership after what came before it', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('message', ({ text }) => seen.push(text))
  test.room.on('kicked', ({ code }) => seen.push(code))
  test.server.send('~frame', messages(1, 1))
  test.server.send('~kick', { room: 7, error: { code: 'FORBIDDEN', message: 'out' } })
  test.server.send('~frame', messages(2, 2))
  test.clock.advance(5_000)
  test.transport.last.break()
  const server = await reconnect(test)
  expect(server.sent).toEqual([])
  expect(seen).toEqual(['m1', 'FORBIDDEN'])
  const again = test.room.join()
  expect(answerJoin(server).position).toBeUndefined()
  await again
})

test('[CLI32] a listener that throws or rejects is reported and disturbs nobody', async () => {
  const { room, ns, server, errors, client } = await startJoined()
  const seen: string[] = []
  room.on('message', () => {
    throw new Error('sync')
  })
  room.on('message', async () => Promise.reject(new Error('async')))
  const off = room.on('message', ({ text }) => seen.push(text))
  ns.on('notice', () => Promise.reject('not an error' as unknown as Error))
  client.onState(() => {
    throw new Error('state')
  })
  server.send('~frame', messages(1, 1))
  server.send('notice', { text: 'x' })
  off()
  server.send('~frame', messages(2, 2))
  await client.close()
  await turn()
  expect(seen).toEqual(['m1'])
  expect(errors.map(({ message }) => message).sort()).toEqual([
    'async',
    'async',
    'not an error',
    'state',
    'sync',
    'sync',
  ])
})

test('[CLI32] an onError that throws disturbs nobody either', async () => {
  const { room, server } = await startJoined({
    onError() {
      throw new Error('onError')
    },
  })
  const seen: string[] = []
  room.on('message', ({ text }) => seen.push(text))
  server.send('~frame', messages(1, 1, { entries: [['m1', 'unheard', {}, 1]] }))
  server.send('~frame', messages(2, 2))
  server.send('~gap', null)
  server.send('~kick', { room: 7 })
  expect(seen).toEqual(['m2'])
})

test('[CLI33] volatile events come and go without a position', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('typing', ({ who }, { from, at: time }) => seen.push([who, from, time]))
  test.server.send('~frame', {
    room: 7,
    kind: 'volatile',
    entries: [
      ['typing', { who: 'ann' }, 5, 'u1'],
      ['typing', { who: 1 }, 5],
      ['message', { text: 'x' }, 5],
    ],
  })
  expect(seen).toEqual([['ann', 'u1', 5]])
  expect(test.errors).toHaveLength(2)
  test.room.publish('typing', { who: 'me' })
  expect(JSON.parse(JSON.stringify(test.server.take('typing').argument))).toEqual({ room: 7, input: { who: 'me' } })
  // @ts-expect-error not the payload of the contract
  test.room.publish('typing', { who: 1 })
  expect(test.errors).toHaveLength(3)
  test.transport.last.break()
  test.room.publish('typing', { who: 'me' })
  expect(await reconnect(test)).toMatchObject({ sent: [{ name: '~join' }] })
})
