import { expect, test } from 'vitest'
import type { MillraceError } from '@millrace/contract'
import { messages, reconnect, startConnected, startJoined, turn } from './support/start-client.ts'

const created = { id: '1', createdAt: '2026-01-01T00:00:00.000Z' }

/** The outcome of a promise that a test does not await yet. */
function watch(promise: Promise<unknown>): { code: string; message: string } {
  const outcome = { code: 'pending', message: '' }
  promise.then(
    () => (outcome.code = 'ok'),
    ({ code, message }: MillraceError) => Object.assign(outcome, { code, message }),
  )
  return outcome
}

test('[OUT3] a full outbox refuses, and what is in it goes on', async () => {
  const { ns, server } = await startConnected({ outbox: { maxRequests: 2 } })
  const outcomes = ['a', 'b', 'c'].map((title) => watch(ns.request('conversation.create', { title })))
  await turn()
  expect(outcomes.map(({ code }) => code)).toEqual(['pending', 'pending', 'OVERLOADED'])
  expect(outcomes[2]?.message).toBe('request conversation.create was not sent: the outbox is full; wait for answers')
  server.take('conversation.create').ack({ ok: true, data: created })
  await turn()
  outcomes.push(watch(ns.request('conversation.create', { title: 'd' })))
  await turn()
  expect(outcomes.map(({ code }) => code)).toEqual(['ok', 'pending', 'OVERLOADED', 'pending'])
})

test('[OUT3] bytes count as well, those of binary payloads too', async () => {
  const { ns } = await startConnected({ outbox: { maxBytes: 40 } })
  const first = watch(ns.request('conversation.create', { title: 'x'.repeat(20) }))
  const second = watch(ns.request('conversation.create', { title: 'x'.repeat(20) }))
  await turn()
  expect([first.code, second.code]).toEqual(['pending', 'OVERLOADED'])
})

test('[OUT9] our own event settles its publish, even if the acknowledgement never comes', async () => {
  const { room, server } = await startJoined()
  const published = room.publish('said', { text: 'hi' }, { key: 'mine' })
  const other = watch(room.publish('said', { text: 'hi' }))
  const request = watch(room.request('message.send', { text: 'hi' }, { key: 'r' }))
  expect(server.take('said').argument).toMatchObject({ room: 7, input: { text: 'hi' }, key: 'mine' })
  const entries = [
    ['m1', 'said', { text: 'hi' }, 70, 'me', 'mine'],
    ['m2', 'message', { text: 'x' }, 71, 'me', 'r'],
  ]
  server.send('~frame', messages(1, 2, { entries }))
  await expect(published).resolves.toEqual({ position: { epoch: 'e', offset: 1, id: 'm1' }, at: 70 })
  server.take('said').ack({ ok: true, data: { position: { epoch: 'e', offset: 3, id: 'm3' }, at: 72 } })
  await turn()
  expect([other.code, request.code]).toEqual(['ok', 'pending'])
})

test('[OUT10] what does not fit is refused before it is sent', async () => {
  const { ns, room, server } = await startJoined()
  // @ts-expect-error not an input of the contract
  const invalid = ns.request('conversation.create', { title: 7 })
  await expect(invalid).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'title' })
  const prototype = JSON.parse('{"title":"x","__proto__":{}}') as { title: string }
  await expect(ns.request('conversation.create', prototype)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(room.request('message.send', { text: 'x'.repeat(1_000) })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
  })
  await expect(room.publish('said', { text: 'x'.repeat(1_000) })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  // @ts-expect-error no request of the contract
  await expect(ns.request('constructor', {})).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' })
  // @ts-expect-error members do not publish it
  expect(() => room.publish('message', { text: 'x' })).toThrow("with publish: 'members'")
  expect(server.sent).toEqual([])
})

test('[OUT11] a request to a room that was not joined says what to call', async () => {
  const { ns, server } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  for (const refused of [
    room.request('message.send', { text: 'x' }),
    room.publish('said', { text: 'x' }),
    room.history(),
  ]) {
    await expect(refused).rejects.toMatchObject({
      code: 'DISCONNECTED',
      message: expect.stringContaining('call join() first'),
    })
  }
  expect(server.sent).toEqual([])
})

test('[OUT12] leaving a room ends what was not sent; what was sent may still be answered', async () => {
  const test = await startJoined()
  const [first, second] = [
    watch(test.room.request('message.send', { text: 'a' })),
    watch(test.room.request('message.send', { text: 'b' })),
  ]
  void test.room.leave()
  test.server.take('message.send').ack({ ok: true, data: { text: 'a' } })
  await turn()
  expect([first.code, second.code]).toEqual(['ok', 'pending'])
  test.transport.last.break()
  await turn()
  expect(second.code).toBe('OUTCOME_UNKNOWN')
  void test.room.join().catch(() => {})
  const waiting = watch(test.room.request('message.send', { text: 'c' }))
  void test.room.leave()
  await turn()
  expect(waiting.code).toBe('DISCONNECTED')
})

test('[OUT12] a room that does not take the client back ends what waits to be sent again', async () => {
  const test = await startJoined()
  const [sent, key] = [watch(test.room.request('message.send', { text: 'a' })), test.server.sent[0]?.argument.key]
  test.transport.last.break()
  const unsent = watch(test.room.request('message.send', { text: 'b' }))
  const server = await reconnect(test)
  server.take('~join').ack({ ok: false, error: { code: 'FORBIDDEN', message: 'no' } })
  await turn()
  expect(unsent.code).toBe('DISCONNECTED')
  expect(sent).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining(String(key)) })
})

test('[OUT13] close() and giving up end what waits, and say what may have happened', async () => {
  for (const end of ['close', 'give up']) {
    const test = await startJoined({ reconnect: { maxAttempts: 0 } })
    const sent = watch(test.room.request('message.send', { text: 'a' }))
    const read = watch(test.room.history())
    test.server.send('~frame', messages(9, 9)) // the room is being joined again, so the next one waits
    const unsent = watch(test.room.request('message.send', { text: 'b' }))
    if (end === 'close') await test.client.close()
    else test.transport.last.break()
    await turn()
    expect([sent.code, read.code, unsent.code]).toEqual(['OUTCOME_UNKNOWN', 'DISCONNECTED', 'DISCONNECTED'])
    expect(test.clock.timers).toBe(0)
  }
})
