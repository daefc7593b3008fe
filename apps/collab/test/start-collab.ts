import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '@millrace/client'
import { createServer, memory, type StoreProvider } from '@millrace/server'
import { DocumentProvider } from '@millrace/yjs/client'
import { openDocument } from '@millrace/yjs/server'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { collab, pageText, type PublicUser, type ShelfEntry } from '../contract.ts'
import { createCollab, openCollabStore } from '../server.ts'
import type { CollabStore } from '../store/collab-store.ts'
import type { CollabPlace } from '../store/open-collab-store.ts'

export interface CollabNodeOptions {
  /** Default: a file of its own, without documents. */
  readonly place?: CollabPlace
  /** Default: one of its own. */
  readonly events?: StoreProvider
  /** What stands between handlers and database. */
  readonly wrap?: (store: CollabStore) => CollabStore
}

/** A file for a database that is gone after the test. */
export function databaseFile(): CollabPlace {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-collab-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { file: join(folder, 'collab.sqlite'), isEmpty: true }
}

const spaceOf = (client: Client) => client.use(collab)

/** A user over one connection. */
export class Someone {
  readonly user: PublicUser
  readonly client: Client
  readonly space: ReturnType<typeof spaceOf>

  constructor(url: string, id: string) {
    this.user = { id, name: id }
    this.client = createClient({ url, auth: { id }, reconnect: { minDelayMs: 20, maxDelayMs: 200 } })
    this.space = spaceOf(this.client)
  }

  desk(documentId: string) {
    return this.space.room('desk', { documentId })
  }

  /** The page with what keeps it the same as the server's; whether that is `synced` yet is for the caller to wait for. */
  page(documentId: string) {
    const doc = new Y.Doc()
    const provider = new DocumentProvider({ room: this.space.room('page', { documentId }), doc })
    onTestFinished(() => provider.destroy())
    const text = doc.getText(pageText)
    return { provider, text, read: () => text.toJSON() }
  }

  /** The own list, as snapshot and events make it. */
  async shelf(): Promise<ReadonlyMap<string, ShelfEntry | undefined>> {
    const [entries, revs] = [new Map<string, ShelfEntry | undefined>(), new Map<string, number>()]
    const take = (id: string, rev: number, entry?: ShelfEntry): void => {
      if (rev < (revs.get(id) ?? 0)) return
      revs.set(id, rev)
      entries.set(id, entry)
    }
    const room = this.space.room('shelf', { userId: this.user.id })
    room.on('changed', (entry) => take(entry.id, entry.rev, entry))
    room.on('gone', ({ id, rev }) => take(id, rev))
    const { snapshot } = await room.join()
    for (const entry of snapshot.documents) take(entry.id, entry.rev, entry)
    return entries
  }
}

/** Collab on a real server and a real database, until the test is finished. */
export async function startCollab({
  place = databaseFile(),
  events = memory(),
  wrap = (store) => store,
}: CollabNodeOptions = {}) {
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  let monotonicMs = 0
  const store = await openCollabStore(place)
  const server = createServer<PublicUser>({
    store: events,
    authenticate: ({ auth }) => ({ user: { id: String(auth.id), name: String(auth.id) } }),
    limits: { maxPayloadBytes: 512 * 1024 },
    onError,
  })
  const { implementation, start } = createCollab({
    store: wrap(store),
    rooms: server,
    monotonicMs: () => monotonicMs,
    onError,
  })
  server.mount(implementation)
  const url = `http://localhost:${await server.listen(0)}`
  await start()
  const people: Someone[] = []
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await Promise.all(people.map(({ client }) => client.close()))
    await server.close()
    await store.close()
  }
  const node = {
    url,
    store,
    errors: errors as readonly unknown[],
    start,
    /** As the server reads it. */
    textOf: (documentId: string) =>
      openDocument(server.room(collab, 'page', { documentId })).read((page) => page.getText(pageText).toJSON()),
    passTime: (ms: number): void => void (monotonicMs += ms),
    /** A new connection of this user, whom the store knows. */
    connect: async (id: string): Promise<Someone> => {
      const someone = new Someone(url, id)
      people.push(someone)
      await someone.space.request('whoami', {})
      return someone
    },
    close: () => (closed ??= close()),
  }
  onTestFinished(() => node.close())
  return node
}

/** Ada's document `plan`, with Bob as its editor and Eve as a reader; they are not in it yet. */
export async function startPlan(options: CollabNodeOptions = {}) {
  const node = await startCollab(options)
  const [ada, bob, eve] = [await node.connect('ada'), await node.connect('bob'), await node.connect('eve')]
  const input = { title: 'Plan', text: 'first words\r\nand more' }
  const made = await ada.space.request('document.importMarkdown', input, { key: 'plan' })
  const desk = ada.desk('plan')
  await desk.join()
  const [edit, read] = [
    await desk.request('link.make', { role: 'editor' }),
    await desk.request('link.make', { role: 'reader' }),
  ]
  await bob.space.request('link.open', { documentId: 'plan', token: edit.token })
  await eve.space.request('link.open', { documentId: 'plan', token: read.token })
  return { node, ada, bob, eve, made, desk, edit, read }
}
