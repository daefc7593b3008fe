import type { TypedRoomHandle } from '@millrace/server'
import { systemClock, systemRandom } from '@millrace/server/core'
import { mergeUpdates, type Doc } from 'yjs'
import type { DocumentEntry } from '../contract/document.ts'
import { acceptLarge } from './accept-large.ts'
import { buildDocument } from './build-document.ts'
import { findDocument } from './documents.ts'
import { defaultPlan, LiveDocument } from './live-document.ts'
import { mergeDocument } from './merge-document.ts'
import { removeDocument } from './remove-document.ts'
import { restoreVersion } from './restore-version.ts'
import { sentByServer } from './sender.ts'
import type { Version } from './version-index.ts'

/** One document, from anywhere in the process, with or without members here. Every method rejects as the store does. */
export interface DocumentHandle {
  /**
   * @param look Is given the document as it is now, a copy: what it changes goes nowhere. It is made in the event loop, which takes
   *   about a second for each 10 MB.
   * @throws MillraceError OVERLOADED where somebody wrote it so that it takes much longer.
   */
  read<T>(look: (doc: Doc) => T): Promise<T>
  /**
   * Edits the document, for everybody.
   *
   * @param change Runs at once, in one transaction.
   * @returns What it returns, when the edit is stored. What it throws, nothing of the edit is stored then.
   */
  transact<T>(change: (doc: Doc) => T): Promise<T>
  /** The document as one update. */
  export(): Promise<Uint8Array>
  /**
   * Merges any update into the document. Client ids that come with it, and were unknown, are nobody's.
   *
   * @throws MillraceError as an update of a client is refused.
   */
  import(update: Uint8Array): Promise<void>
  readonly versions: DocumentVersions
  /** Empties the document and removes its versions. Members are put out of the room; whether they may come back `authorize` says. */
  remove(): Promise<void>
}

export interface DocumentVersions {
  /** Newest first. */
  list(): Promise<Version[]>
  /** @param by Who named it. @throws MillraceError OVERLOADED where there are too many. */
  save(name: string, by?: string): Promise<Version>
  rename(id: string, name: string): Promise<Version>
  remove(id: string): Promise<void>
  /** The document as it was, one update. @throws MillraceError INVALID_INPUT where there is none. */
  read(id: string): Promise<Uint8Array>
  /** Makes the document what it was, as an edit. */
  restore(id: string): Promise<void>
}

/**
 * The document of a room: `openDocument(server.room(contract, 'page', { pageId }))`. Of a server or a publisher. It needs no
 * closing; while nobody is in the room it keeps the bytes that it read, so that many edits in turn read them once.
 */
export function openDocument(room: TypedRoomHandle<DocumentEntry>): DocumentHandle {
  let unheard: LiveDocument | undefined
  const now = async (): Promise<LiveDocument> => {
    const followed = findDocument(room)
    if (followed) {
      unheard = undefined
      await followed.open.ready()
      return followed
    }
    // Nobody tells it what comes next: it looks.
    unheard ??= new LiveDocument({ room, plan: defaultPlan, clock: systemClock, random: systemRandom })
    await unheard.open.catchUp()
    return unheard
  }
  const finish: Finish = async (document, run) => {
    try {
      return await run(document)
    } catch (error) {
      if (!document.jobs.hasEnded(error)) throw error
      return run(await now())
    }
  }
  const edit = async <T>(run: (document: LiveDocument) => Promise<T>): Promise<T> => {
    const document = await now()
    const result = await run(document)
    // The edit is stored whether or not this succeeds; the next one tries it again.
    if (document !== findDocument(room)) await compactUnheard(document).catch(() => undefined)
    return result
  }
  return {
    read: async (look) => look(await finish(await now(), buildDocument)),
    transact: (change) => edit((document) => transact(document, finish, change)),
    export: async () => finish(await now(), mergeDocument),
    import: (update) =>
      edit((document) => finish(document, (open) => acceptLarge(open, update, sentByServer(open, null)))),
    versions: {
      list: async () => (await now()).versions.list(),
      save: async (name, by) => {
        const document = await now()
        return document.versions.save(await finish(document, mergeDocument), name, by ?? null)
      },
      rename: async (id, name) => (await now()).versions.rename(id, name),
      remove: async (id) => (await now()).versions.remove(id),
      read: async (id) => (await now()).versions.read(id),
      restore: (id) => edit((document) => finish(document, (open) => restoreVersion(open, id, sentByServer(open)))),
    },
    remove: async () => removeDocument(await now()),
  }
}

/** Once more with another one where the last member left meanwhile: with a document that closes, what threads do for it ends. */
type Finish = <T>(document: LiveDocument, run: (document: LiveDocument) => Promise<T>) => Promise<T>

function transact<T>(document: LiveDocument, finish: Finish, change: (doc: Doc) => T): Promise<T> {
  return document.writer.run(async (clientId) => {
    // With what this process stored last, or the same clocks would be written twice.
    const doc = await finish(document, buildDocument)
    doc.clientID = clientId
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    const result = doc.transact(() => change(doc))
    const sender = sentByServer(document)
    if (updates.length > 0) await finish(document, (open) => acceptLarge(open, mergeUpdates(updates), sender))
    return result
  })
}

/** Nobody follows the document here, so that nobody else would. */
async function compactUnheard({ open, compaction }: LiveDocument): Promise<void> {
  await open.catchUp()
  await compaction.runWhereDue()
}
