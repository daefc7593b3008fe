import { defineContract, event, fail, request, room, type Schema } from '@millrace/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { answerJoin, messages, startConnected, startJoined, turn } from './support/start-client.ts'

test('[CLI34] events of the namespace reach their listeners, parsed', async () => {
  const { ns, server, errors } = await startConnected()
  const seen: string[] = []
  ns.on('notice', ({ text }) => seen.push(text))
  server.send('notice', { text: 'hello' })
  server.send('notice', { text: 7 })
  server.send('notice@2', { text: 'newer' })
  server.send('unheard', {})
  expect(seen).toEqual(['hello'])
  expect(errors).toMatchObject([
    { code: 'INVALID_INPUT' },
    { code: 'CONTRACT_MISMATCH' },
    { code: 'CONTRACT_MISMATCH' },
  ])
})

test('[CLI35] questions of the server are answered', async () => {
  const { ns, server, errors } = await startConnected()
  const ask = async (input: unknown, name = 'confirm') => {
    let answer: unknown
    server.send(name, input, (value) => (answer = value))
    await turn()
    return answer
  }
  expect(await ask({ text: 'sure?' })).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } })
  const off = ns.answer('confirm', async ({ text }) => {
    if (text === 'refuse') throw fail('FORBIDDEN', 'not now')
    if (text === 'throw') throw new Error('secret')
    return text === 'unfit' ? (7 as never) : true
  })
  expect(await ask({ text: 'sure?' })).toEqual({ ok: true, data: true })
  expect(await ask({ text: 7 })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', path: 'text' } })
  expect(await ask({ text: 'refuse' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', message: 'not now' } })
  expect(await ask({ text: 'throw' })).toMatchObject({
    ok: false,
    error: { code: 'INTERNAL', message: expect.not.stringContaining('secret') },
  })
  expect(await ask({ text: 'unfit' })).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
  expect(await ask({}, 'confirm@2')).toMatchObject({ ok: false, error: { code: 'CONTRACT_MISMATCH' } })
  expect(await ask({}, 'constructor')).toMatchObject({ ok: false, error: { code: 'CONTRACT_MISMATCH' } })
  off()
  expect(await ask({ text: 'sure?' })).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } })
  expect(errors.map(({ message }) => message)).toEqual(['secret', 'the answer to confirm does not fit'])
})

test('[CLI36] history is read in pages, both ways', async () => {
  const { room, server, errors } = await startJoined()
  const page = (from: number, to: number, more: boolean, change = {}) => ({ ...messages(from, to), more, ...change })
  const newest = room.history({ limit: 2 })
  const first = server.take('~history')
  expect(JSON.parse(JSON.stringify(first.argument))).toEqual({ room: 7, direction: 'before', limit: 2 })
  first.ack({ ok: true, data: page(8, 9, true) })
  const { events, from, to, more, gap } = await newest
  expect(events).toEqual(
    [8, 9].map((offset) => ({
      name: 'message',
      payload: { text: `m${offset}` },
      position: { epoch: 'e', offset, id: `m${offset}` },
      key: null,
      from: null,
      at: offset,
    })),
  )
  expect([from?.offset, to?.offset, more, gap]).toEqual([8, 9, true, undefined])
  const queries = [
    [{ before: from! }, { direction: 'before', limit: 50, position: from }],
    [{ after: to! }, { direction: 'after', limit: 50, position: to }],
    [{ after: 'start' }, { direction: 'after', limit: 50 }],
    [{ before: 'end' }, { direction: 'before', limit: 50 }],
  ] as const
  for (const [query, argument] of queries) {
    const asked = room.history(query)
    const sent = server.take('~history')
    expect(JSON.parse(JSON.stringify(sent.argument))).toEqual({ room: 7, ...argument })
    sent.ack({
      ok: true,
      data: page(1, 3, false, {
        entries: [['m1', 'unheard', {}, 1], null, ['m3', 'message', { text: 7 }, 1]],
        gap: 'trimmed',
      }),
    })
    expect(await asked).toMatchObject({
      events: [],
      from: { offset: 1 },
      to: { offset: 3 },
      more: false,
      gap: 'trimmed',
    })
  }
  expect(errors).toHaveLength(8)
  await expect(room.history({ before: 'end', after: 'start' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const refused = room.history()
  server.take('~history').ack({ ok: false, error: { code: 'FORBIDDEN', message: 'no' } })
  await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

/** A schema that takes as long as the test wants. */
function slowly(): { schema: Schema<string>; finish: () => void } {
  const waiting: (() => void)[] = []
  const schema: Schema<string> = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        value === 'slow'
          ? new Promise((resolve) => waiting.push(() => resolve({ value })))
          : { value: value as string },
    },
  }
  return { schema, finish: () => waiting.shift()?.() }
}

test('[CLI37] asynchronous schemas keep the order, in and out', async () => {
  const { schema, finish } = slowly()
  const contract = defineContract({
    namespace: '/slow',
    requests: { ask: request({ input: schema, output: z.unknown() }) },
    rooms: { one: room({ events: { said: event(schema, { publish: 'members' }) } }) },
  })
  const { client, transport, clock } = await startConnected()
  const one = client.use(contract).room('one')
  const seen: string[] = []
  one.on('said', (text) => seen.push(text))
  const joined = one.join()
  transport.namespace('/slow').greet()
  const server = transport.namespace('/slow')
  answerJoin(server)
  await joined
  clock.runDeferred()
  await turn()
  const entries = ['first', 'slow', 'third'].map((text, index) => [`m${index + 1}`, 'said', text, 1])
  server.send('~frame', messages(1, 3, { entries }))
  expect(seen).toEqual(['first'])
  finish()
  await turn()
  expect(seen).toEqual(['first', 'slow', 'third'])
  for (const text of ['slow', 'quick'])
    void client
      .use(contract)
      .request('ask', text)
      .catch(() => {})
  for (const text of ['slow', 'quick']) void one.publish('said', text).catch(() => {})
  expect(server.sent).toEqual([])
  finish()
  finish()
  await turn()
  for (const lane of ['ask', 'said']) {
    expect(server.sent.filter(({ name }) => name === lane).map(({ argument }) => argument.input)).toEqual([
      'slow',
      'quick',
    ])
  }
  server.send('~frame', messages(4, 4, { entries: [['m4', 'said', 'slow', 1]] }))
  const left = one.leave()
  server.take('~leave').ack({ ok: true })
  await left
  finish()
  await turn()
  expect(seen).toHaveLength(3)
  await client.close()
})
