import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createClient } from '@millrace/client'
import { expect, it, onTestFinished, vi } from 'vitest'
import { chat, type InboxEntry } from '../contract.ts'

const program = join(import.meta.dirname, 'fixtures', 'die-before-publish.ts')
const options = ['--import', 'tsx', '--conditions=@millrace/source', program]
const active = { presence: { status: 'active' } } as const
const wait = { timeout: 20_000 }

/** @returns The port, and how the process ended, once it has. */
async function start(folder: string, port = 0) {
  const child = spawn(process.execPath, [...options, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { port: Number(line), ended }
}

function connect(port: number, id: string) {
  const reconnect = { minDelayMs: 20, maxDelayMs: 200 }
  const client = createClient({ url: `http://127.0.0.1:${port}`, auth: { id }, reconnect })
  onTestFinished(() => client.close())
  return { client, space: client.use(chat), room: client.use(chat).room('conversation', { conversationId: 'team' }) }
}

it.each([
  ['its sender is gone', false],
  ['its sender asks again', true],
])(
  '[APP42] a message whose process died before it could be published is published once, where %s',
  async (_, isRetried) => {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-missed-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const { port, ended } = await start(folder)
    const [ada, bob] = [connect(port, 'ada'), connect(port, 'bob')]
    await bob.space.request('whoami', {})
    const made = { title: 'Team', isOpen: false, memberIds: ['bob'] }
    await ada.space.request('conversation.create', made, { key: 'team' })
    await Promise.all([ada.room.join(active), bob.room.join(active)])
    const [texts, inbox]: [string[], InboxEntry[]] = [[], []]
    bob.room.on('message', ({ id, text }) => void texts.push(`${id} ${text}`))
    bob.space.room('inbox', { userId: 'bob' }).on('conversation', (entry) => void inbox.push(entry))
    await bob.space.room('inbox', { userId: 'bob' }).join()
    await ada.room.request('message.send', { text: 'before' }, { key: 'k1' })

    const dying = ada.room.tryRequest('message.send', { text: 'die' }, { key: 'k2' })
    expect(await ended).toBe('SIGKILL')
    if (!isRetried) await ada.client.close()
    await start(folder, port)
    // Whether the client sends it again by itself or has to be asked to.
    if (isRetried && !(await dying).ok) await ada.room.request('message.send', { text: 'die' }, { key: 'k2' })
    const sender = isRetried ? ada : connect(port, 'ada')
    await sender.room.join(active)
    await sender.room.request('message.send', { text: 'after' }, { key: 'k3' })
    await vi.waitFor(() => expect(texts).toEqual(['k1 before', 'k2 die', 'k3 after']), wait)
    expect((await bob.room.history()).events.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3'])
    await vi.waitFor(
      () => expect(inbox.at(-1)).toMatchObject({ id: 'team', lastSeq: 3, last: { text: 'after' } }),
      wait,
    )
  },
)
