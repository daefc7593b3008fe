import { implement } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { DocumentProvider } from '@millrace/yjs/client'
import { documentRoom } from '@millrace/yjs/server'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { pads } from './fixtures/pads.ts'

const start = () =>
  startTestServer<TestUser>({
    implementations: [
      implement<typeof pads, TestUser>(pads, { rooms: { pad: documentRoom({ authorize: () => 'write' }) } }),
    ],
  })

it('[DOC103] a large paste travels in parts, and is one event; what is typed meanwhile follows', async () => {
  await using server = await start()
  const open = (user: string) => {
    const doc = new Y.Doc()
    const room = server.client({ auth: { user } }).use(pads).room('pad', { padId: 'one' })
    return { doc, room, text: doc.getText('text'), provider: new DocumentProvider({ room, doc }) }
  }
  const ada = open('ada')
  const ben = open('ben')
  await Promise.all([ada.provider.whenSynced, ben.provider.whenSynced])
  const sizes: number[] = []
  ben.room.on('update', (update) => sizes.push(update.length))
  const paste = 'abcdefghij'.repeat(100_000)
  ada.text.insert(0, paste)
  ada.text.insert(paste.length, '!')
  await vi.waitFor(() => expect(ben.text.length).toBe(paste.length + 1), { timeout: 8_000 })
  expect(ben.text.toJSON() === `${paste}!`).toBe(true)
  expect([sizes.length, sizes[0]! > 1_000_000, sizes[1]! < 100]).toEqual([2, true, true])
  await vi.waitFor(() => expect(ada.provider.unsaved).toBe(0))
  const eve = open('eve')
  await eve.provider.whenSynced
  expect(eve.text.length).toBe(paste.length + 1)
  for (const { provider } of [ada, ben, eve]) provider.destroy()
})
