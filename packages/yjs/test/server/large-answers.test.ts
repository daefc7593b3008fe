import { memory } from '@millrace/server'
import { systemClock } from '@millrace/server/core'
import { startTestServer } from '@millrace/testing'
import { openDocument } from '@millrace/yjs/server'
import { io } from 'socket.io-client'
import { expect, it, vi } from 'vitest'
import { answerInTurn } from '../../src/server/large-answers.ts'
import { notesApp } from './fixtures/notes.ts'
import { joinNote } from './fixtures/raw-editor.ts'
import { noteOf } from './fixtures/stored.ts'
import { withBlobs } from './fixtures/wrapped-store.ts'

it('[DOC29] an answer is made when the connection has taken the one before it', async () => {
  const ending = new AbortController()
  let take = (): void => undefined
  const taken = () => new Promise<void>((resolve) => void (take = resolve))
  const connection = { signal: ending.signal, taken }
  const made: number[] = []
  const answer = (number: number) => answerInTurn(connection, systemClock, async () => made.push(number))
  const answers = [answer(1), answer(2), answer(3)]
  await vi.waitFor(() => {
    take()
    expect(made).toEqual([1])
  })
  await answers[0]
  await vi.waitFor(() => {
    take()
    expect(made).toEqual([1, 2])
  })
  ending.abort()
  const settled = Promise.allSettled(answers)
  await vi.waitFor(async () => {
    take()
    expect(await Promise.race([settled, Promise.resolve('waiting')])).toMatchObject([
      {},
      {},
      { reason: { code: 'DISCONNECTED' } },
    ])
  })
  expect(made).toEqual([1, 2])
})

it('[DOC29] who asks and does not read has little of it in memory', async () => {
  const reads: string[] = []
  const store = withBlobs(memory(), (blobs) => ({
    read: (room, name) => {
      reads.push(name)
      return blobs.read(room, name)
    },
  }))
  await using server = await startTestServer({ store, implementations: [notesApp()] })
  const document = openDocument(noteOf(server.server))
  await document.transact((doc) => doc.getText('text').insert(0, 'x'.repeat(800_000)))
  const [ofEve, ofAda] = [await document.versions.save('one'), await document.versions.save('two')]
  const readsOf = ({ id }: { readonly id: string }) => reads.filter((name) => name === `version/${id}`).length

  const options = { auth: { user: 'eve' }, forceNew: true, reconnection: false, transports: ['websocket'] }
  const eve = io(`${server.url}/notes`, options)
  const joining = { room: 'note', params: { noteId: 'one' }, presence: { clientId: 1, state: null } }
  const joined = (await eve.emitWithAck('~join', joining)) as { readonly data: { readonly room: number } }
  const { ws } = eve.io.engine.transport as unknown as { readonly ws: { pause(): void; resume(): void } }
  ws.pause()
  const asked = Array.from({ length: 40 }, () =>
    eve.emitWithAck('version.read', { room: joined.data.room, input: { id: ofEve.id } }),
  )
  // By then the server has had every occasion to read for eve.
  const ada = await joinNote(server.client({ auth: { user: 'ada' } }))
  for (let index = 0; index < 10; index++) await ada.room.request('version.read', { id: ofAda.id })
  expect(readsOf(ofAda)).toBe(10)
  // The system itself holds some MB of a connection.
  expect(readsOf(ofEve)).toBeLessThan(30)
  ws.resume()
  expect(await Promise.all(asked)).toMatchObject(asked.map(() => ({ ok: true })))
  expect(readsOf(ofEve)).toBe(40)
  eve.disconnect()
}, 30_000)
