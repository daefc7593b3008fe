import { describe, expect, it } from 'vitest'
import { Inbox } from './server-inbox.ts'
import { lab, startLab } from './server-lab.ts'

const presence = { presence: { status: 'in' } }

/** A handler that says when it begins and ends; it ends when the test releases its input. */
function steps(): {
  log: Inbox<string>
  handler: (context: { input: unknown }) => Promise<unknown>
  release: (input: unknown) => void
} {
  const log = new Inbox<string>()
  const gates = new Map<unknown, () => void>()
  return {
    log,
    handler: async ({ input }) => {
      const released = new Promise<void>((resolve) => gates.set(input, resolve))
      log.push(`begin ${String(input)}`)
      await released
      log.push(`end ${String(input)}`)
      return input
    },
    release: (input) => gates.get(input)?.(),
  }
}

describe('order', () => {
  it("[PIP26] one connection's requests and publishes to one room run one after another, as they were sent", async () => {
    const { log, handler, release } = steps()
    await using served = await startLab({ deskRequests: { act: handler, repeat: handler } })
    await using client = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const answers = [1, 2, 3].map((input) => client.call(input === 2 ? 'repeat' : 'act', { room, input }))
    const published = client.call('note', { room, input: { text: 'after them' } })
    await log.find((line) => line === 'begin 1')
    await client.barrier()
    expect(log.all).toEqual(['begin 1'])
    for (const input of [1, 2, 3]) {
      await log.find((line) => line === `begin ${input}`)
      expect(client.inbox.all.filter((event) => event.name === 'note')).toEqual([])
      release(input)
    }
    expect(await Promise.all(answers)).toEqual([1, 2, 3].map((data) => ({ ok: true, data })))
    expect(await published).toMatchObject({ ok: true })
    expect(log.all).toEqual([1, 2, 3].flatMap((input) => [`begin ${input}`, `end ${input}`]))
  })

  it('[PIP27] parallel requests, other rooms, other connections and the namespace do not wait', async () => {
    const { log, handler, release } = steps()
    await using served = await startLab({ deskRequests: { act: handler } })
    await using client = await served.connect()
    await using other = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const { room: second } = await client.join('desk', { id: 'b' }, presence)
    const { room: theirs } = await other.join('desk', { id: 'a' }, presence)
    const held = client.call('act', { room, input: 'held' })
    await log.find((line) => line === 'begin held')
    expect(await client.call('aside', { room, input: 1 })).toEqual({ ok: true, data: 1 })
    expect(await client.call('repeat', { room: second, input: 2 })).toEqual({ ok: true, data: 2 })
    expect(await other.call('repeat', { room: theirs, input: 3 })).toEqual({ ok: true, data: 3 })
    expect(await client.call('run', { input: 4 })).toEqual({ ok: true, data: 4 })
    release('held')
    expect(await held).toEqual({ ok: true, data: 'held' })
  })

  it('[PIP28] a request that fails, is refused or cannot be read does not hold up the next', async () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000)
    await using served = await startLab({
      deskRequests: {
        act: ({ input }) => {
          if (input === 'throw') throw new Error('failed')
          if (input === 'reject') return Promise.reject(new Error('failed'))
          return input
        },
      },
    })
    await using client = await served.raw()
    const joined = await client.request('~join', { room: 'desk', params: { id: 'a' }, ...presence })
    const { room } = (joined as { data: { room: number } }).data
    const codes: unknown[] = []
    for (const input of ['"throw"', '"reject"', deep]) {
      for (const key of ['', `,"key":"k${codes.length}"`]) {
        const answer = await client.call(`["act",{"room":${room},"input":${input}${key}}]`)
        codes.push(answer.ok ? 'ok' : answer.error.code)
      }
    }
    expect(codes).toEqual(['INTERNAL', 'INTERNAL', 'INTERNAL', 'INTERNAL', 'PAYLOAD_TOO_LARGE', 'PAYLOAD_TOO_LARGE'])
    expect(await client.request('act', { room, input: 1 })).toEqual({ ok: true, data: 1 })
    expect(served.errors).toHaveLength(4)
  })
  it('[PIP47] what waits when a member leaves or is kicked is FORBIDDEN and does not run', async () => {
    for (const out of ['~leave', 'kick']) {
      const { log, handler, release } = steps()
      await using served = await startLab({ deskRequests: { act: handler } })
      await using client = await served.connect({ auth: { name: 'ann' } })
      const { room } = await client.join('desk', { id: 'a' }, presence)
      const running = client.call('act', { room, input: 'running' })
      const waiting = [
        client.call('act', { room, input: 'waiting' }),
        client.call('note', { room, input: { text: 'hi' } }),
      ]
      await log.find((line) => line === 'begin running')
      if (out === '~leave') await client.call('~leave', { room })
      else served.server.room(lab, 'desk', { id: 'a' }).kick({ userId: 'ann' })
      if (out === 'kick') await client.event('~kick')
      release('running')
      expect(await running).toEqual({ ok: true, data: 'running' })
      const forbidden = { ok: false, error: { code: 'FORBIDDEN' } }
      expect(await Promise.all(waiting)).toMatchObject([forbidden, forbidden])
      expect(log.all).toEqual(['begin running', 'end running'])
    }
  })

  it('[PIP47] what waits when its connection ends runs: it was sent before', async () => {
    const { log, handler, release } = steps()
    await using served = await startLab({ deskRequests: { act: handler } })
    await using client = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    client.socket.emit('act', { room, input: 1 })
    client.socket.emit('act', { room, input: 2 })
    await log.find((line) => line === 'begin 1')
    client.socket.disconnect()
    release(1)
    await log.find((line) => line === 'begin 2')
  })

  it('[PIP48] joining a room again on the same connection keeps the order of its requests', async () => {
    const { log, handler, release } = steps()
    await using served = await startLab({ deskRequests: { act: handler } })
    await using client = await served.connect()
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const answers = [1, 2].map((input) => client.call('act', { room, input }))
    await log.find((line) => line === 'begin 1')
    const again = await client.join('desk', { id: 'a' }, presence)
    answers.push(client.call('act', { room: again.room, input: 3 }))
    await client.barrier()
    expect(log.all).toEqual(['begin 1'])
    for (const input of [1, 2, 3]) {
      await log.find((line) => line === `begin ${input}`)
      release(input)
    }
    expect(await Promise.all(answers)).toEqual([1, 2, 3].map((data) => ({ ok: true, data })))
  })
})
