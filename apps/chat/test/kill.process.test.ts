import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, sessionOf, startServer, type Visitor } from '@millrace/app-design/test-kit'
import { createClient, type Client, type RoomClient } from '@millrace/client'
import { createOutbox, memoryOutbox, type Outbox } from '@millrace/client/outbox'
import { expect, it, onTestFinished, vi } from 'vitest'
import { chat, emoji, type Message } from '../contract.ts'
import { openChatStore } from '../store/open-chat-store.ts'

const team = { conversationId: 'team' }
const joins = { conversation: { presence: { status: 'active' } } } as const
const rounds = process.env.MILLRACE_LONG === '1' ? 12 : 3
const perRound = 12
const wait = { timeout: 30_000, interval: 20 }

/** A visitor with what the page keeps: rows by id, of which the newest version counts, and an outbox. */
class Page {
  readonly visitor: Visitor
  readonly client: Client
  readonly outbox: Outbox<typeof chat>
  readonly room: RoomClient<typeof chat.rooms.conversation>
  readonly rows = new Map<string, Message>()
  readonly answers = new Map<string, Message>()

  constructor(url: string, visitor: Visitor) {
    const { auth, extraHeaders } = visitor
    this.visitor = visitor
    this.client = createClient({ url, auth, extraHeaders, reconnect: { minDelayMs: 20, maxDelayMs: 200 } })
    this.outbox = createOutbox(this.client, chat, { store: memoryOutbox(), joins })
    this.outbox.on('answered', ({ request, answer }) => {
      const message = answer as Message // nothing else is sent here
      this.answers.set(request.key, message)
      this.#take(message)
    })
    this.room = this.client.use(chat).room('conversation', team)
    this.room.on('message', (message) => this.#take(message))
    this.room.on('gap', ({ snapshot }) => snapshot?.messages.forEach((message) => this.#take(message)))
  }

  get sent(): number {
    return this.answers.size
  }

  async enter(): Promise<void> {
    const { snapshot } = await this.room.join(joins.conversation)
    snapshot.messages.forEach((message) => this.#take(message))
  }

  /** What it shows, from top to bottom. */
  shown(): Message[] {
    return [...this.rows.values()].toSorted((one, other) => one.seq - other.seq)
  }

  #take(message: Message): void {
    if (message.rev > (this.rows.get(message.id)?.rev ?? 0)) this.rows.set(message.id, message)
  }
}

/** Writes, edits every fifth message and reacts to every seventh, without waiting for any answer. */
function write(page: Page, from: number, to: number): void {
  const { outbox } = page
  for (let index = from; index < to; index++) {
    const id = outbox.send('conversation', team, 'message.send', { text: `${page.visitor.user.name} ${index}` })
    if (index % 5 === 0)
      outbox.send('conversation', team, 'message.edit', { id, text: `${page.visitor.user.name} ${index} edited` })
    if (index % 7 === 0) outbox.send('conversation', team, 'message.react', { id, emoji: emoji[0], isOn: true })
  }
}

async function historyOf(page: Page): Promise<{ readonly key: string | null; readonly payload: Message }[]> {
  const events: { readonly key: string | null; readonly payload: Message }[] = []
  let before: Parameters<typeof page.room.history>[0] = {}
  for (;;) {
    const { events: part, from, more } = await page.room.history(before)
    events.unshift(...part)
    if (!more || from === undefined) return events
    before = { before: from }
  }
}

async function start(): Promise<{ readonly folder: string; readonly server: RunningServer; readonly pages: Page[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-kill-'))
  const server = await startServer(folder)
  const visitors = await Promise.all(['Ada', 'Bob', 'Eve'].map((name) => sessionOf(server.address, name)))
  const pages = visitors.map((visitor) => new Page(server.address, visitor))
  onTestFinished(async () => {
    await Promise.all(pages.flatMap(({ client, outbox }) => [outbox.close(), client.close()]))
    rmSync(folder, { recursive: true })
  })
  for (const { client } of pages) await client.use(chat).request('whoami', {})
  const memberIds = visitors.map(({ user }) => user.id)
  const [maker] = pages
  const made = { title: 'Team', isOpen: false, memberIds }
  await maker?.client.use(chat).request('conversation.create', made, { key: team.conversationId })
  await Promise.all(pages.map((page) => page.enter()))
  return { folder, server, pages }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

it('[APP43] a killed server: the database, the log and every client hold each answered message once, in one order', async () => {
  const { folder, pages, ...first } = await start()
  let { server } = first
  onTestFinished(() => server.kill())
  for (let round = 0; round < rounds; round++) {
    // Nobody may write more than 100 messages at once, and what is left of the rounds before comes at once.
    await vi.waitFor(
      () => expect(Math.max(...pages.map(({ outbox }) => outbox.requests().length))).toBeLessThan(50),
      wait,
    )
    const before = sum(pages.map(({ sent }) => sent))
    for (const page of pages) write(page, round * perRound, (round + 1) * perRound)
    await vi.waitFor(() => expect(sum(pages.map(({ sent }) => sent))).toBeGreaterThan(before + 5), wait)
    const inFlight = sum(pages.map(({ outbox }) => outbox.requests().length))
    await server.kill()
    expect(inFlight).toBeGreaterThan(3)
    server = await startServer(folder, server.port)
  }
  await vi.waitFor(() => expect(pages.flatMap(({ outbox }) => outbox.requests())).toEqual([]), wait)
  const shown = pages.map((page) => page.shown())
  const events = await historyOf(pages[0]!)
  await server.kill()

  const store = await openChatStore({ file: join(folder, 'chat.sqlite'), isEmpty: true })
  onTestFinished(() => store.close())
  const { messages } = await store.messages(team.conversationId, 1_000)
  const answers = new Map(pages.flatMap((page) => [...page.answers]))
  expect(messages).toHaveLength(pages.length * rounds * perRound)
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
  expect(await store.unpublished()).toEqual([])
  // Each write once, and nothing that nobody wrote.
  expect(events.map(({ key }) => key ?? '').toSorted()).toEqual([...answers.keys()].toSorted())
  for (const { key, payload } of events) expect(payload).toEqual(answers.get(key ?? ''))
  // Every client shows what the database has, and so does a reader of the log who keeps the newest version.
  for (const rows of shown) expect(rows).toEqual(messages)
  const read = new Map<string, Message>()
  for (const { payload } of events) if (payload.rev > (read.get(payload.id)?.rev ?? 0)) read.set(payload.id, payload)
  expect([...read.values()].toSorted((one, other) => one.seq - other.seq)).toEqual(messages)
  // What one person wrote stands in the order of writing.
  for (const { visitor } of pages) {
    const own = messages.filter(({ author }) => author.id === visitor.user.id)
    expect(own.map(({ text }) => Number(text.split(' ')[1]))).toEqual(own.map((_, index) => index))
  }
})
