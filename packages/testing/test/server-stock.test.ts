import { describe, expect, it } from 'vitest'
import type { Position } from '@millrace/contract'
import { lab, startLab } from './server-lab.ts'
import { refusedStock, type StockClient } from './server-stock-client.ts'
import { stockVersions } from './server-stock-versions.ts'

const rows = Object.entries(stockVersions).flatMap(([version, connect]) =>
  ['websocket', 'polling'].map((transport) => ({
    version,
    transport,
    options: { connect, transports: [transport], auth: { name: 'ann' } },
  })),
)
const presence = { presence: { status: 'in' } }

interface Meta {
  readonly room: number
  readonly position?: Position
  readonly from: string | null
  readonly key?: string | null
}

function notes(client: StockClient): [unknown, Meta][] {
  return client.inbox.all.filter(({ name }) => name === 'note').map(({ args }) => args as [unknown, Meta])
}

describe.each(rows)('socket.io-client $version over $transport, by docs/protocol.md alone', ({ options }) => {
  it('[STK1] connects, is told hello first, makes requests and is refused with typed errors', async () => {
    await using served = await startLab()
    await using client = await served.connect(options)
    expect(await client.event('~hello')).toMatchObject({
      maxPayloadBytes: 65_536,
      fingerprint: expect.any(String) as string,
    })
    expect(client.inbox.all[0]?.name).toBe('~hello')
    expect(await client.call('add', { input: { a: 1, b: 2 }, key: 'k' })).toEqual({ ok: true, data: 3 })
    expect(await client.call('add', { input: { a: 1, b: 'x' } })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', path: 'b' },
    })
    expect(await client.call('nothing', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } })
    expect(await client.call('~ping')).toEqual({ ok: true })
  })

  it('[STK2] joins and gets every event of the room as a single event, with its position', async () => {
    await using served = await startLab()
    await using client = await served.connect(options)
    const { room, position, snapshot, recovered } = await client.join('desk', { id: 'a' }, presence)
    expect({ snapshot, recovered }).toEqual({ snapshot: { size: 0 }, recovered: false })
    const published = await client.call('note', { room, input: { text: 'mine' }, key: 'k1' })
    await served.server.room(lab, 'desk', { id: 'a' }).publish('note', { text: "the server's" })
    await client.call('typing', { room, input: { on: true } })
    await client.inbox.find(({ name }) => name === 'typing')
    const [first, second] = notes(client)
    const { epoch } = position
    expect(first).toEqual([
      { text: 'mine' },
      {
        room,
        position: { epoch, offset: 1, id: expect.any(String) as string },
        at: expect.any(Number) as number,
        from: 'ann',
        key: 'k1',
      },
    ])
    expect(published).toMatchObject({ ok: true, data: { position: first![1].position } })
    expect(second).toMatchObject([{ text: "the server's" }, { position: { epoch, offset: 2 }, from: null, key: null }])
    const typing = client.inbox.all.find(({ name }) => name === 'typing')
    expect(typing?.args).toEqual([{ on: true }, { room, at: expect.any(Number) as number, from: 'ann' }])
    expect(client.inbox.all.some(({ name }) => name === '~frame')).toBe(false)
  })

  it('[STK3] comes back with its position and gets what it missed, once and in order; an unknown position is a gap', async () => {
    await using served = await startLab()
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    let position: Position | undefined
    {
      await using client = await served.connect(options)
      await client.join('desk', { id: 'a' }, presence)
      await desk.publish('note', { text: 'seen' })
      await client.inbox.find(({ name }) => name === 'note')
      position = notes(client)[0]?.[1].position
    }
    const missed = Array.from({ length: 600 }, (_, index) => ({ text: `missed ${index}` }))
    for (const note of missed) await desk.publish('note', note)
    await using client = await served.connect(options)
    expect(await client.join('desk', { id: 'a' }, { ...presence, position })).toMatchObject({
      recovered: true,
      top: { offset: 601 },
    })
    await desk.publish('note', { text: 'live' })
    await client.inbox.find(({ args }) => (args[0] as { text?: string }).text === 'live')
    expect(notes(client).map(([note]) => note)).toEqual([...missed, { text: 'live' }])
    expect(notes(client).map(([, meta]) => meta.position?.offset)).toEqual(
      Array.from({ length: 601 }, (_, index) => index + 2),
    )
    const stranger = { epoch: 'another', offset: 3, id: 'x' }
    expect(await client.join('desk', { id: 'a' }, { ...presence, position: stranger })).toMatchObject({
      recovered: false,
      gap: { reason: 'epoch', from: stranger, to: { offset: 602 } },
      snapshot: { size: 0 },
    })
  })

  it('[STK4] is refused with a code in the data of connect_error, and told why it is closed', async () => {
    await using served = await startLab({
      options: { authenticate: ({ auth }) => (auth.name === 'ann' ? { user: { id: 'ann', role: 'member' } } : null) },
    })
    const refused = await refusedStock(served.url, { ...options, auth: { name: 'eve' } })
    expect(refused.data).toMatchObject({ code: 'UNAUTHENTICATED' })
    await using client = await served.connect(options)
    const { room } = await client.join('desk', { id: 'a' }, presence)
    served.server.room(lab, 'desk', { id: 'a' }).kick({ userId: 'ann' }, 'enough')
    expect(await client.event('~kick')).toEqual({ room, error: { code: 'FORBIDDEN', message: 'enough' } })
    expect(await client.call('act', { room, input: 1 })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    await served.server.close()
    expect(await client.event('~close')).toEqual({ code: 'SHUTDOWN', reconnect: 'backoff' })
  })

  it('[STK5] answers questions, reads history, changes its presence and leaves', async () => {
    await using served = await startLab()
    await using client = await served.connect(options)
    client.socket.on('confirm', (input: string, answer: (value: unknown) => void) =>
      answer({ ok: true, data: { yes: input === 'sure?' } }),
    )
    const [connection] = served.server.connections(lab)
    expect(await connection!.ask('confirm', 'sure?')).toEqual({ yes: true })
    const { room } = await client.join('desk', { id: 'a' }, presence)
    const desk = served.server.room(lab, 'desk', { id: 'a' })
    for (const text of ['1', '2', '3']) await desk.publish('note', { text })
    const page = await client.call('~history', { room, direction: 'before', limit: 2 })
    expect(page).toMatchObject({
      ok: true,
      data: {
        from: 2,
        more: true,
        entries: [
          [expect.any(String), 'note', { text: '2' }, expect.any(Number), null, null],
          [expect.any(String), 'note', { text: '3' }, expect.any(Number), null, null],
        ],
      },
    })
    await using watcher = await served.connect({ ...options, auth: { name: 'bob' } })
    await watcher.join('desk', { id: 'a' }, presence)
    expect(await client.call('~presence', { room, state: { status: 'away' } })).toEqual({ ok: true })
    const isUpdate =
      (what: (update: { members: { id: string; metas: { state: unknown }[] }[]; left?: string[] }) => boolean) =>
      (event: { name: string; args: readonly unknown[] }) =>
        event.name === '~presence' && what(event.args[0] as never)
    await watcher.inbox.find(
      isUpdate(({ members }) =>
        members.some(({ id, metas }) => id === 'ann' && JSON.stringify(metas[0]?.state) === '{"status":"away"}'),
      ),
    )
    expect(await client.call('~leave', { room })).toEqual({ ok: true })
    await watcher.inbox.find(isUpdate(({ left }) => left?.includes('ann') === true))
  })
})
