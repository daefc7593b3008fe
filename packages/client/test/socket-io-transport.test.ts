import { expect, test } from 'vitest'
import { createClient } from '@millrace/client'
import { chat } from './support/chat.ts'
import { startWireServer } from './support/wire-server.ts'

type Ack = (answer: unknown) => void

test('[CLI1] connects, joins, asks and receives over Socket.IO', async () => {
  await using server = await startWireServer((socket) => {
    socket.on('conversation.create', (request: { input: { title: string }; key: string }, ack: Ack) => {
      ack({ ok: true, data: { id: `${request.input.title}-1`, createdAt: '2026-01-01T00:00:00.000Z' } })
    })
    socket.on('~join', (_join: unknown, ack: Ack) => {
      ack({ ok: true, data: { room: 7, position: { epoch: 'e', offset: 0, id: '' }, recovered: false, snapshot: { messages: [] } } })
      const entries = [['a', 'message', { text: 'hi' }, 5, 'ann', 'k'], ['b', 'file', new Uint8Array([1, 2]), 6]]
      socket.emit('~frame', { room: 7, kind: 'full', epoch: 'e', from: 1, prev: '', to: 2, id: 'b', entries })
    })
    socket.on('message.send', (request: { input: unknown; room: number }, ack: Ack) => ack({ ok: true, data: request.input }))
  })
  const client = createClient({ url: server.url, auth: 'secret' })
  const ns = client.use(chat)
  const created = await ns.request('conversation.create', { title: 'x' })
  expect(created).toEqual({ id: 'x-1', createdAt: new Date('2026-01-01T00:00:00.000Z') })
  expect(client.state).toMatchObject({ state: 'connected', node: 'n1' })
  expect(server.handshakes[0]).toMatchObject({ token: 'secret', millrace: 1 })

  const room = ns.room('conversation', { conversationId: 'a' })
  const seen: unknown[] = []
  const received = new Promise<void>((resolve) => {
    room.on('message', (message, meta) => seen.push([message, meta.key, meta.from, meta.position.offset]))
    room.on('file', (file) => {
      seen.push([...file])
      resolve()
    })
  })
  const { snapshot, recovered } = await room.join()
  seen.push(['joined', snapshot, recovered])
  await received
  expect(seen).toEqual([['joined', { messages: [] }, false], [{ text: 'hi' }, 'k', 'ann', 1], [1, 2]])
  expect(await room.request('message.send', { text: 'yo' })).toEqual({ text: 'yo' })
  await client.close()
  expect(client.state).toEqual({ state: 'closed' })
})
