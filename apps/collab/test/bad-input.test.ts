import { io } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import { startPlan } from './start-collab.ts'
import { commentOn } from './store-fixture.ts'

interface Answer {
  readonly ok: boolean
  readonly data?: { readonly room: number }
  readonly error?: { readonly code: string; readonly message: string }
}

/** Sends whatever it is told to: a client of ours would refuse most of it itself. */
async function beRude(url: string, id: string) {
  const socket = io(`${url}/collab`, { auth: { id }, transports: ['websocket'], forceNew: true })
  onTestFinished(() => void socket.close())
  const ask = (name: string, argument: unknown): Promise<Answer> => socket.timeout(5_000).emitWithAck(name, argument)
  const joined = await ask('~join', { room: 'desk', params: { documentId: 'plan' } })
  return { ask, atDesk: (name: string, input: unknown) => ask(name, { room: joined.data?.room, input }) }
}

const long = (length: number) => 'x'.repeat(length)
const { anchor } = commentOn('')

it('[COL30] what does not fit is refused in words, and nothing of it is stored or told', async () => {
  const { node, ada, bob, desk } = await startPlan()
  await desk.request('comment.add', commentOn('here'), { key: 'k1' })
  const before = { desk: await node.store.desk('plan'), shelf: await node.store.shelf('bob') }
  const rude = await beRude(node.url, 'bob')
  const titles = ['', '   ', long(81), 'two\nlines', 'turned \u202E round', 7, null]
  const answers = [
    ...titles.map((title) => rude.ask('document.create', { title })),
    ...titles.map((title) => rude.atDesk('title.set', { title })),
    rude.ask('document.importMarkdown', { title: 'Long', text: long(150_001) }),
    rude.ask('document.importMarkdown', { title: 'None' }),
    ...['', long(65), '../plan', { $ne: '' }, 'no-such'].map((id) => rude.ask('document.find', { id })),
    rude.ask('document.remove', { id: 'plan' }),
    rude.ask('link.open', { documentId: 'plan', token: long(101) }),
    rude.ask('link.open', { documentId: 'plan', token: 'guessed' }),
    rude.ask('~join', { room: 'desk', params: { documentId: ['plan'] } }),
    rude.ask('~join', { room: 'page', params: 'plan' }),
    rude.ask('~join', { room: 'shelf', params: { userId: 'ada' } }),
    ...['', ' \n ', long(4_001), 1].map((text) => rude.atDesk('comment.add', { ...commentOn(''), text })),
    rude.atDesk('comment.add', { text: 'x', quote: long(301), anchor }),
    rude.atDesk('comment.add', { text: 'x', quote: '', anchor: { from: '<b>', to: 'AAAA' } }),
    rude.atDesk('comment.add', { text: 'x', quote: '', anchor: { from: long(404), to: 'AAAA' } }),
    rude.atDesk('comment.add', { text: 'x', quote: '' }),
    rude.atDesk('comment.reply', { id: 'k1', text: long(2_001) }),
    rude.atDesk('comment.reply', { id: 'k2', text: 'to nobody' }),
    rude.atDesk('comment.edit', { id: 'k1', text: 'not mine' }),
    rude.atDesk('comment.remove', { id: 'k1' }),
    rude.atDesk('comment.resolve', { id: 'k1', isResolved: 'yes' }),
    rude.atDesk('link.make', { role: 'owner' }),
    rude.atDesk('link.make', { role: 'editor' }),
  ]
  for (const { ok, error } of await Promise.all(answers)) {
    expect(ok).toBe(false)
    expect(['INVALID_INPUT', 'FORBIDDEN', 'PAYLOAD_TOO_LARGE']).toContain(error?.code)
    expect(error?.message).toMatch(/\w+ \w+/)
  }
  expect(await ada.space.tryRequest('document.create', { title: 'x' }, { key: 'no id/at all' })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT' },
  })
  expect(await node.store.desk('plan')).toEqual(before.desk)
  expect(await node.store.shelf('bob')).toEqual(before.shelf)
  expect(await node.store.unpublished()).toEqual([])
  expect((await desk.history()).events.map(({ key }) => key)).toEqual(['k1'])
  expect(await bob.space.request('document.find', { id: 'plan' })).toMatchObject({ title: 'Plan', role: 'editor' })
  expect(node.errors).toEqual([])
})
