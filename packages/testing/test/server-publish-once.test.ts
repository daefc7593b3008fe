import { describe, expect, it } from 'vitest'
import { startLab } from './server-lab.ts'

const presence = { presence: { status: 'in' } }

describe('keys of publishes', () => {
  it('[PIP21, P5] publishes of a handler derive their keys from its own: run again, it publishes nothing twice', async () => {
    await using served = await startLab({
      deskRequests: {
        repeat: async ({ room }) => {
          const first = await room.publish('note', { text: 'one' })
          const second = await room.publish('note', { text: 'two' })
          return [first.position.offset, second.position.offset]
        },
      },
    })
    await using client = await served.connect({ auth: { name: 'ann' } })
    const { room } = await client.join('desk', { id: 'a' }, presence)
    expect(await client.call('repeat', { room, input: 1, key: 'k' })).toEqual({ ok: true, data: [1, 2] })
    expect(await client.call('repeat', { room, input: 1, key: 'k' })).toEqual({ ok: true, data: [1, 2] })
    expect(await client.call('repeat', { room, input: 1, key: 'l' })).toEqual({ ok: true, data: [3, 4] })
    const notes = await client.inbox.count(4, (event) => event.name === 'note')
    expect(notes.map((note) => (note.args[1] as { key: string }).key)).toEqual(['k/1', 'k/2', 'l/1', 'l/2'])
    expect(await client.call('repeat', { room, input: 1 })).toEqual({ ok: true, data: [5, 6] })
    expect(await client.call('repeat', { room, input: 1 })).toEqual({ ok: true, data: [7, 8] })
  })

  it("[PIP22] a member's publish with a known key gives the first position; with another payload it is INVALID_INPUT", async () => {
    await using served = await startLab()
    await using client = await served.connect({ auth: { name: 'ann' } })
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const first = await client.call('note', { room, input: { text: 'hi' }, key: 'k' })
    expect(first).toMatchObject({ ok: true, data: { position: { offset: 1 } } })
    expect(await client.call('note', { room, input: { text: 'hi' }, key: 'k' })).toMatchObject({
      ok: true,
      data: { position: { offset: 1 } },
    })
    expect(await client.call('note', { room, input: { text: 'ho' }, key: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    })
    await using other = await served.connect({ auth: { name: 'bob' } })
    const joined = await other.join('desk', { id: 'a' }, presence)
    expect(await other.call('note', { room: joined.room, input: { text: 'ho' }, key: 'k' })).toMatchObject({
      ok: true,
      data: { position: { offset: 2 } },
    })
  })
})
