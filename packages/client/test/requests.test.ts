import { expect, test } from 'vitest'
import type { MillraceError } from '@millrace/contract'
import { answerJoin, messages, reconnect, start, startClient, startConnected, startJoined, turn } from './support/start-client.ts'

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

test('[OUT4] a request carries a key of its own, or the one it was given', async () => {
  const { ns, server } = await startConnected()
  watch(ns.request('conversation.create', { title: 'a' }))
  watch(ns.request('conversation.create', { title: 'a' }))
  watch(ns.request('conversation.create', { title: 'a' }, { key: 'mine' }))
  const keys = [1, 2, 3].map(() => server.take('conversation.create').argument.key)
  expect(new Set(keys).size).toBe(3)
  expect(keys[2]).toBe('mine')
  await expect(ns.request('conversation.create', { title: 'a' }, { key: 'k'.repeat(65) })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(ns.request('conversation.create', { title: 'a' }, { key: '' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

test('[OUT5] a deadline ends a request: TIMEOUT where it never left, OUTCOME_UNKNOWN where it may have happened', async () => {
  const test = startClient()
  const unsent = watch(test.ns.request('conversation.create', { title: 'a' }))
  await turn()
  test.clock.advance(9_999)
  await turn()
  expect(unsent.code).toBe('pending')
  test.clock.advance(1)
  await turn()
  expect(unsent).toMatchObject({ code: 'TIMEOUT', message: expect.stringContaining('did not happen') })
  const connected = await startConnected({ requestTimeoutMs: 3_000 })
  const sent = watch(connected.ns.request('conversation.create', { title: 'a' }, { key: 'k1' }))
  const quick = watch(connected.ns.request('conversation.create', { title: 'a' }, { timeoutMs: 50 }))
  connected.clock.advance(50)
  await turn()
  expect([sent.code, quick.code]).toEqual(['pending', 'OUTCOME_UNKNOWN'])
  connected.clock.advance(2_950)
  await turn()
  expect(sent).toMatchObject({ code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('with the key k1') })
  connected.server.take('conversation.create').ack({ ok: true, data: created })
  await turn()
  expect(sent.code).toBe('OUTCOME_UNKNOWN')
})

test('[OUT5] a signal ends a request in the same way', async () => {
  const { ns, server, clock } = await startConnected()
  await expect(ns.request('conversation.create', { title: 'a' }, { signal: AbortSignal.abort('before') })).rejects.toMatchObject({ code: 'TIMEOUT', cause: 'before' })
  expect(server.sent).toEqual([])
  const controller = new AbortController()
  const aborted = ns.request('conversation.create', { title: 'a' }, { signal: controller.signal })
  controller.abort('after')
  await expect(aborted).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', cause: 'after' })
  expect(clock.timers).toBe(1) // the deadline of the connection attempt, which no longer matters
})

test('[OUT6] what is asked while offline leaves in order once connected', async () => {
  const test = startClient()
  const titles = ['a', 'b', 'c']
  const asked = titles.map((title) => test.ns.request('conversation.create', { title }))
  await turn()
  const server = test.transport.namespace()
  expect(server.sent).toEqual([])
  server.greet()
  for (const title of titles) {
    const sent = server.take('conversation.create')
    expect(sent.argument.input).toEqual({ title })
    sent.ack({ ok: true, data: created })
  }
  expect(await Promise.all(asked)).toHaveLength(3)
})

test('[OUT6] unanswered requests leave again with their keys, in order, once the room is joined again', async () => {
  const test = await startJoined()
  const outcomes = ['a', 'b', 'c'].map((text) => watch(test.room.request('message.send', { text })))
  const keys = test.server.sent.map(({ argument }) => argument.key)
  test.server.sent[1]?.ack({ ok: true, data: { text: 'b' } })
  test.clock.advance(2_000)
  test.transport.last.break()
  outcomes.push(watch(test.room.request('message.send', { text: 'd' })))
  const server = await reconnect(test)
  expect(server.sent.map(({ name }) => name)).toEqual(['~join'])
  answerJoin(server, { room: 9, recovered: true, position: start })
  expect(server.sent.map(({ argument }) => [argument.input, argument.room])).toEqual([[{ text: 'a' }, 9], [{ text: 'c' }, 9], [{ text: 'd' }, 9]])
  expect(server.sent.map(({ argument }) => argument.key).slice(0, 2)).toEqual([keys[0], keys[2]])
  for (const sent of server.sent) sent.ack({ ok: true, data: { text: '' } })
  await turn()
  expect(outcomes.map(({ code }) => code)).toEqual(['ok', 'ok', 'ok', 'ok'])
})

test('[OUT7] nothing is sent again once the server may have forgotten its key', async () => {
  const test = await startConnected()
  const long = { timeoutMs: 3_600_000 }
  const [early, late] = [watch(test.ns.request('conversation.create', { title: 'a' }, long)), { code: '' }]
  test.clock.advance(200_000)
  Object.assign(late, { watched: watch(test.ns.request('conversation.create', { title: 'b' }, long)) })
  test.clock.advance(80_000)
  test.transport.last.break()
  const server = await reconnect(test)
  await turn()
  expect(early.code).toBe('OUTCOME_UNKNOWN')
  expect(server.sent.map(({ argument }) => argument.input)).toEqual([{ title: 'b' }])
})

test('[OUT8] a refusal is for the caller, who may try again', async () => {
  const { ns, server } = await startConnected()
  const refused = ns.request('conversation.create', { title: 'a' })
  server.take('conversation.create').ack({ ok: false, error: { code: 'RATE_LIMITED', message: 'slow down', retryAfterMs: 700 } })
  await expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED', message: 'slow down', retryAfterMs: 700 })
  expect(server.sent).toEqual([])
})

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
  const entries = [['m1', 'said', { text: 'hi' }, 70, 'me', 'mine'], ['m2', 'message', { text: 'x' }, 71, 'me', 'r']]
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
  await expect(room.request('message.send', { text: 'x'.repeat(1_000) })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  await expect(room.publish('said', { text: 'x'.repeat(1_000) })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  // @ts-expect-error no request of the contract
  await expect(ns.request('constructor', {})).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' })
  // @ts-expect-error members do not publish it
  expect(() => room.publish('message', { text: 'x' })).toThrow("declare publish: 'members'")
  expect(server.sent).toEqual([])
})

test('[OUT11] a request to a room that was not joined says what to call', async () => {
  const { ns, server } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  for (const refused of [room.request('message.send', { text: 'x' }), room.publish('said', { text: 'x' }), room.history()]) {
    await expect(refused).rejects.toMatchObject({ code: 'DISCONNECTED', message: expect.stringContaining('call join() first') })
  }
  expect(server.sent).toEqual([])
})

test('[OUT12] leaving a room ends what was not sent; what was sent may still be answered', async () => {
  const test = await startJoined()
  const [first, second] = [watch(test.room.request('message.send', { text: 'a' })), watch(test.room.request('message.send', { text: 'b' }))]
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

test('[OUT14] answers, and the data of declared errors, are parsed', async () => {
  const { ns, server } = await startConnected()
  const answer = async (value: unknown) => {
    const outcome = ns.tryRequest('conversation.create', { title: 'a' })
    server.take('conversation.create').ack(value)
    return outcome
  }
  expect(await answer({ ok: true, data: created })).toEqual({ ok: true, data: { id: '1', createdAt: new Date(created.createdAt) } })
  const declared = { code: 'TITLE_TAKEN', message: 'taken', data: { suggestion: 'b', more: 1 } }
  expect(await answer({ ok: false, error: declared })).toMatchObject({ error: { code: 'TITLE_TAKEN', message: 'taken', data: { suggestion: 'b' } } })
  expect(await answer({ ok: false, error: { ...declared, data: 7 } })).toMatchObject({ error: { code: 'CONTRACT_MISMATCH' } })
  expect(await answer({ ok: true, data: { id: 1 } })).toMatchObject({ error: { code: 'OUTCOME_UNKNOWN' } })
  expect(await answer({ ok: false, error: { code: 'NEWER_CODE', message: 'hm' } })).toMatchObject({ error: { code: 'INTERNAL', message: 'hm (NEWER_CODE)' } })
  for (const nonsense of [undefined, null, 7, {}, { ok: 'yes' }, { ok: false }]) {
    expect(await answer(nonsense)).toMatchObject({ error: { code: 'INTERNAL' } })
  }
  const thrown = ns.request('conversation.create', { title: 'a' })
  server.take('conversation.create').ack({ ok: false, error: declared })
  await expect(thrown).rejects.toMatchObject({ code: 'TITLE_TAKEN', data: { suggestion: 'b' } })
})
