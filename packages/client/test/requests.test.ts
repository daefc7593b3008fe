import { expect, test } from 'vitest'
import type { MillraceError } from '@millrace/contract'
import { answerJoin, reconnect, start, startClient, startConnected, startJoined, turn } from './support/start-client.ts'

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
  await expect(ns.request('conversation.create', { title: 'a' }, { key: 'k'.repeat(65) })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(ns.request('conversation.create', { title: 'a' }, { key: '' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
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
  await expect(
    ns.request('conversation.create', { title: 'a' }, { signal: AbortSignal.abort('before') }),
  ).rejects.toMatchObject({ code: 'TIMEOUT', cause: 'before' })
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
  expect(server.sent.map(({ argument }) => [argument.input, argument.room])).toEqual([
    [{ text: 'a' }, 9],
    [{ text: 'c' }, 9],
    [{ text: 'd' }, 9],
  ])
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

test('[OUT7] the time that a machine slept counts', async () => {
  const test = await startConnected()
  const outcome = watch(test.ns.request('conversation.create', { title: 'a' }, { timeoutMs: 60_000 }))
  test.clock.sleep(280_000)
  test.transport.last.break()
  const server = await reconnect(test)
  await turn()
  expect(outcome.code).toBe('OUTCOME_UNKNOWN')
  expect(server.sent).toEqual([])
})

test('[OUT8] a refusal is for the caller, who may try again', async () => {
  const { ns, server } = await startConnected()
  const refused = ns.request('conversation.create', { title: 'a' })
  server
    .take('conversation.create')
    .ack({ ok: false, error: { code: 'RATE_LIMITED', message: 'slow down', retryAfterMs: 700 } })
  await expect(refused).rejects.toMatchObject({ code: 'RATE_LIMITED', message: 'slow down', retryAfterMs: 700 })
  expect(server.sent).toEqual([])
})

test('[OUT14] answers, and the data of declared errors, are parsed', async () => {
  const { ns, server } = await startConnected()
  const answer = async (value: unknown) => {
    const outcome = ns.tryRequest('conversation.create', { title: 'a' })
    server.take('conversation.create').ack(value)
    return outcome
  }
  expect(await answer({ ok: true, data: created })).toEqual({
    ok: true,
    data: { id: '1', createdAt: new Date(created.createdAt) },
  })
  const declared = { code: 'TITLE_TAKEN', message: 'taken', data: { suggestion: 'b', more: 1 } }
  expect(await answer({ ok: false, error: declared })).toMatchObject({
    error: { code: 'TITLE_TAKEN', message: 'taken', data: { suggestion: 'b' } },
  })
  expect(await answer({ ok: false, error: { ...declared, data: 7 } })).toMatchObject({
    error: { code: 'CONTRACT_MISMATCH' },
  })
  expect(await answer({ ok: true, data: { id: 1 } })).toMatchObject({ error: { code: 'OUTCOME_UNKNOWN' } })
  expect(await answer({ ok: false, error: { code: 'NEWER_CODE', message: 'hm' } })).toMatchObject({
    error: { code: 'INTERNAL', message: 'hm (NEWER_CODE)' },
  })
  for (const nonsense of [undefined, null, 7, {}, { ok: 'yes' }, { ok: false }]) {
    expect(await answer(nonsense)).toMatchObject({ error: { code: 'INTERNAL' } })
  }
  const thrown = ns.request('conversation.create', { title: 'a' })
  server.take('conversation.create').ack({ ok: false, error: declared })
  await expect(thrown).rejects.toMatchObject({ code: 'TITLE_TAKEN', data: { suggestion: 'b' } })
})

test('[OUT16] keys of its own that were sent once and answered in time are settled by the next request', async () => {
  const test = await startConnected()
  const ask = (options: object = {}) => {
    watch(test.ns.request('conversation.create', { title: 'a' }, options))
    return test.transport.namespace().take('conversation.create')
  }
  const settledBy = (sent: { argument: Record<string, unknown> }) => sent.argument.settled
  const first = ask()
  const mine = ask({ key: 'mine' })
  const late = ask({ timeoutMs: 10 })
  expect([first, mine, late].map(settledBy)).toEqual([undefined, undefined, undefined])
  test.clock.advance(10)
  for (const sent of [first, mine, late]) sent.ack({ ok: true, data: created })
  expect(settledBy(ask())).toEqual([first.argument.key])
  const pending = ask()
  expect(settledBy(pending)).toBeUndefined()
  test.transport.last.break()
  await turn()
  const server = await reconnect(test)
  await turn()
  const again = [server.take('conversation.create'), server.take('conversation.create')]
  for (const sent of again) sent.ack({ ok: true, data: created })
  expect(settledBy(ask())).toBeUndefined()
})
