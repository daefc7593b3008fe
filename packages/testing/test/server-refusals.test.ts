import { describe, expect, it } from 'vitest'
import { parse, type WireAnswer } from '@millrace/contract'
import { lab, startLab, type Lab } from './server-lab.ts'
import type { RawClient } from './server-raw-client.ts'

const presence = { presence: { status: 'in' } }

/** `code` or `code path`; `ok` where it was not refused. */
function verdict(answer: WireAnswer): string {
  if (answer.ok) return 'ok'
  const { code, path } = answer.error
  return path === undefined ? code : `${code} ${path}`
}

async function joinDesk(client: RawClient, id = 'a'): Promise<number> {
  const answer = await client.request('~join', { room: 'desk', params: { id }, ...presence })
  if (!answer.ok) throw new Error(answer.error.message)
  return (answer.data as { room: number }).room
}

/** Counts what runs, so that a refusal is known to have changed nothing. */
async function startCounting(): Promise<{ served: Lab; runs: () => number }> {
  let runs = 0
  const count = (): number => ++runs
  const served = await startLab({
    requests: { run: count, add: count, again: count },
    deskRequests: { act: count, aside: count, repeat: count },
    options: { limits: { maxPayloadBytes: 1_000, maxDepth: 4, maxKeys: 10 } },
  })
  return { served, runs: () => runs }
}

const deep = '[[[[[1]]]]]'
const wide = JSON.stringify(Array.from({ length: 11 }, () => 1))
const large = JSON.stringify('x'.repeat(1_000))

describe('requests that are refused', () => {
  const rows: [what: string, event: string, verdict: string][] = [
    ['a name that nobody declared', '["nothing",{}]', 'UNKNOWN_EVENT'],
    ['a request of a room, without the room', '["act",{"input":1}]', 'UNKNOWN_EVENT'],
    ['an event of the namespace', '["notice",{"input":{"text":""}}]', 'UNKNOWN_EVENT'],
    ['a question', '["confirm",{"input":"?"}]', 'UNKNOWN_EVENT'],
    ['a versioned name', '["run@2",{"input":1}]', 'UNKNOWN_EVENT'],
    ['a number as a name', '[7,{"input":1}]', 'UNKNOWN_EVENT'],
    ['no name', '[""]', 'INVALID_INPUT'],
    ['a name and no argument', '["run"]', 'INVALID_INPUT'],
    ['an argument that is text', '["run","input"]', 'INVALID_INPUT'],
    ['an argument that is a list', '["run",[1]]', 'INVALID_INPUT'],
    ['an argument that is null', '["run",null]', 'INVALID_INPUT'],
    ['an input of another type', '["add",{"input":"1 + 2"}]', 'INVALID_INPUT'],
    ['an input without a member', '["add",{"input":{"a":1}}]', 'INVALID_INPUT b'],
    ['an input with a wrong member', '["add",{"input":{"a":1,"b":[2]}}]', 'INVALID_INPUT b'],
    ['no input', '["add",{}]', 'INVALID_INPUT'],
    ['a member on the prototype', '["add",{"input":{"__proto__":{"a":1,"b":2}}}]', 'INVALID_INPUT __proto__'],
    ['an envelope on the prototype', '["add",{"__proto__":{"input":{"a":1,"b":2}}}]', 'INVALID_INPUT'],
    ['a constructor', '["run",{"input":{"a":[{"constructor":1}]}}]', 'INVALID_INPUT a[0].constructor'],
    ['too deep', `["run",{"input":${deep}}]`, 'PAYLOAD_TOO_LARGE [0][0][0][0]'],
    ['too many elements', `["run",{"input":${wide}}]`, 'PAYLOAD_TOO_LARGE'],
    ['too large', `["run",{"input":${large}}]`, 'PAYLOAD_TOO_LARGE'],
    ['too large, with a key', `["run",{"input":${large},"key":"k"}]`, 'PAYLOAD_TOO_LARGE'],
    ['a key that is a number', '["run",{"input":1,"key":1}]', 'INVALID_INPUT key'],
    ['an empty key', '["run",{"input":1,"key":""}]', 'INVALID_INPUT key'],
    ['a long key', `["run",{"input":1,"key":"${'k'.repeat(65)}"}]`, 'INVALID_INPUT key'],
    ['a key that is null', '["run",{"input":1,"key":null}]', 'INVALID_INPUT key'],
    ['a version that is text', '["run",{"input":1,"version":"1"}]', 'INVALID_INPUT version'],
    ['another version', '["run",{"input":1,"version":2}]', 'CONTRACT_MISMATCH'],
    ['a handle that is text', '["act",{"room":"1","input":1}]', 'INVALID_INPUT room'],
    ['a handle that is a fraction', '["act",{"room":1.5,"input":1}]', 'INVALID_INPUT room'],
    ['a handle that is null', '["act",{"room":null,"input":1}]', 'INVALID_INPUT room'],
    ['a handle that does not exist', '["act",{"room":99,"input":1}]', 'FORBIDDEN'],
    ['a handle below zero', '["act",{"room":-1,"input":1}]', 'FORBIDDEN'],
  ]

  it.each(rows)('[PIP29] %s: %s', async (_what, event, expected) => {
    const { served, runs } = await startCounting()
    await using _ended = served
    await using client = await served.raw()
    expect(verdict(await client.call(event))).toBe(expected)
    expect(runs()).toBe(0)
    expect(served.errors).toEqual([])
    expect(verdict(await client.call('["run",{"input":1,"key":"kk"}]'))).toBe('ok')
  })

  it('[PIP30] names that belong to Socket.IO, JavaScript or the protocol', async () => {
    const { served } = await startCounting()
    await using _ended = served
    await using client = await served.raw()
    const room = await joinDesk(client)
    for (const name of ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']) {
      expect([name, verdict(await client.request(name, { input: 1 }))]).toEqual([name, 'INVALID_INPUT'])
    }
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'error', 'connection']) {
      expect([name, verdict(await client.request(name, { input: 1 }))]).toEqual([name, 'UNKNOWN_EVENT'])
      expect([name, verdict(await client.request(name, { room, input: 1 }))]).toEqual([name, 'UNKNOWN_EVENT'])
      const asRoom = verdict(await client.request('~join', { room: name }))
      expect([name, asRoom]).toEqual([name, 'UNKNOWN_EVENT room'])
    }
    for (const name of [
      '~frame',
      '~hello',
      '~gap',
      '~state',
      '~kick',
      '~close',
      '~drain',
      '~unknown',
      '~',
      '~~join',
      '~toString',
    ]) {
      expect([name, verdict(await client.request(name, { room }))]).toEqual([name, 'UNKNOWN_EVENT'])
    }
    expect(verdict(await client.request('~invalid'))).toBe('INVALID_INPUT')
    expect(verdict(await client.request('act', { room, input: 1 }))).toBe('ok')
  })

  it('[PIP31] handles: not joined, left, or of another connection', async () => {
    const { served, runs } = await startCounting()
    await using _ended = served
    await using client = await served.raw({ auth: '{"name":"ann"}' })
    await using stranger = await served.raw({ auth: '{"name":"bob"}' })
    const room = await joinDesk(client)
    for (const name of ['act', 'aside', 'note', '~history', '~presence']) {
      const argument = { room, input: { text: 'hi' }, state: { status: 'here' }, direction: 'before', limit: 1 }
      expect([name, verdict(await stranger.request(name, argument))]).toEqual([name, 'FORBIDDEN'])
    }
    expect(verdict(await stranger.request('~leave', { room }))).toBe('ok')
    expect(runs()).toBe(0)
    expect(verdict(await client.request('act', { room, input: 1 }))).toBe('ok')
    expect(verdict(await client.request('~leave', { room }))).toBe('ok')
    expect(verdict(await client.request('act', { room, input: 1 }))).toBe('FORBIDDEN')
  })

  it('[PIP32] publishes of members: other events, wrong payloads, bytes in wrong places', async () => {
    await using served = await startLab()
    await using client = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const publish = async (name: string, input?: unknown): Promise<string> =>
      verdict(await client.call(name, { room, input }))
    expect(await publish('secret', 'text')).toBe('UNKNOWN_EVENT')
    expect(await publish('nothing', 'text')).toBe('UNKNOWN_EVENT')
    expect(await publish('note', { text: 7 })).toBe('INVALID_INPUT text')
    expect(await publish('note', Buffer.from('text'))).toBe('INVALID_INPUT text')
    expect(await publish('note', { text: Buffer.from('text') })).toBe('INVALID_INPUT text')
    expect(await publish('note', { text: 'hi', more: Buffer.from('text') })).toBe('INVALID_INPUT more')
    expect(await publish('note')).toBe('INVALID_INPUT')
    expect(await publish('blob', 'text')).toBe('INVALID_INPUT')
    expect(await publish('blob', { data: Buffer.from('text') })).toBe('INVALID_INPUT')
    expect(await publish('blob', Buffer.alloc(70_000))).toBe('PAYLOAD_TOO_LARGE')
    expect(await publish('note', { text: 'x'.repeat(70_000) })).toBe('PAYLOAD_TOO_LARGE text')
    await client.barrier()
    expect(client.inbox.all.filter((event) => !event.name.startsWith('~'))).toEqual([])
    expect(await publish('note', { text: 'hi' })).toBe('ok')
    expect(await client.inbox.find((event) => event.name === 'note')).toMatchObject({
      args: [{ text: 'hi' }, { position: { offset: 1 } }],
    })
  })

  it('[PIP33] publishes of the application: unknown names and wrong payloads reject with the path', async () => {
    await using served = await startLab()
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    const loose = desk as unknown as {
      publish(name: string, payload: unknown): Promise<unknown>
      remove(name: string, key: string): Promise<void>
    }
    await expect(loose.publish('nothing', 1)).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' })
    await expect(loose.publish('note', { text: 1 })).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'text' })
    await expect(loose.publish('note', { text: 'x'.repeat(70_000) })).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    })
    await expect(loose.remove('note', 'k')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const { server } = served
    expect(() => server.room(lab, 'nothing' as 'desk', { id: 'a' })).toThrow(/declares no room "nothing"/)
    expect(() => server.room(lab, 'desk', { id: 7 } as unknown as { id: string })).toThrow(
      /parameters of desk is invalid at id/,
    )
    await expect(
      server.user(lab, 'ann').emit('notice', { text: 7 } as unknown as { text: string }),
    ).rejects.toMatchObject({ path: 'text' })
    await expect(server.user(lab, 'ann').emit('nothing' as 'notice', { text: '' })).rejects.toMatchObject({
      code: 'UNKNOWN_EVENT',
    })
    expect(parse(lab.events.notice.payload, { text: 'fits' }, 'payload')).toMatchObject({ ok: true })
  })
})
