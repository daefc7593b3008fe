import type { BlobWrite, Store } from '@millrace/server'
import * as Y from 'yjs'
import { decodeSnapshot, encodeSnapshot, snapshotName } from '../../src/server/snapshot-blob.ts'
import { altered } from './altered.ts'

type Send = (context: never) => Promise<object>

/** What is wrong in a world that must be found out. */
export interface SeededBug {
  readonly wrap?: (store: Store) => Partial<Store>
  /** In place of the handler that takes updates. */
  readonly send?: (send: Send) => Send
  /** Keeps no edit in its copy before it is stored. */
  readonly isForgetful?: boolean
}

export const seededBugs: Readonly<Record<string, SeededBug>> = {
  'the log is trimmed before the snapshot is stored': { wrap: trimFirst },
  'opening leaves out an entry of the tail': { wrap: leaveOut },
  'an update is acknowledged before it is appended': { send: acknowledgeFirst },
  'a snapshot misses the last update': { wrap: missLast },
  'a client forgets unsent edits when it reloads': { isForgetful: true },
}

function trimFirst({ log, blobs }: Store): Partial<Store> {
  const waiting = new Map<string, BlobWrite & { readonly told: string }>()
  const revisions = new Map<string, string>()
  let writes = 0
  return {
    log: altered(log, {
      trim: async (room) => {
        const write = waiting.get(room)
        waiting.delete(room)
        const written = write && (await blobs.write(room, write))
        if (written?.isWritten) revisions.set(write!.told, written.revision)
      },
    }),
    blobs: altered(blobs, {
      write: async (room, write) => {
        if (write.name !== snapshotName) return blobs.write(room, write)
        await log.trim(room, decodeSnapshot(write.bytes).through)
        const replaces = write.replaces === null ? null : (revisions.get(write.replaces) ?? write.replaces)
        const told = `told ${++writes}`
        waiting.set(room, { ...write, replaces, told })
        return { isWritten: true, revision: told }
      },
    }),
  }
}

function leaveOut({ log, blobs }: Store): Partial<Store> {
  let isOpening = false
  return {
    blobs: altered(blobs, {
      read: (room, name) => {
        isOpening ||= name === snapshotName
        return blobs.read(room, name)
      },
    }),
    log: altered(log, {
      read: async (room, query) => {
        const page = await log.read(room, query)
        if (!isOpening || page.kind === 'gap') return page
        isOpening = false
        return { ...page, entries: page.entries.filter((_, index) => index !== page.entries.length - 2) }
      },
    }),
  }
}

function acknowledgeFirst(send: Send): Send {
  return async (context) => {
    void send(context).catch(() => undefined)
    return {}
  }
}

function missLast({ log, blobs }: Store): Partial<Store> {
  const cut = async (room: string, bytes: Uint8Array): Promise<Uint8Array> => {
    const { through } = decodeSnapshot(bytes)
    const before = await blobs.read(room, snapshotName)
    const old = before && decodeSnapshot(before.bytes)
    const query = { direction: 'after', position: old?.through ?? null, limit: 10_000, maxBytes: 10_000_000 } as const
    const page = await log.read(room, query)
    if (page.kind === 'gap') return bytes
    const tail = page.entries
      .filter(({ offset }) => offset < through.offset)
      .map(({ payload }) => payload as Uint8Array)
    const update = Y.mergeUpdates(old ? [old.update, ...tail] : tail)
    return encodeSnapshot({ through, stateVector: Y.encodeStateVectorFromUpdate(update), update })
  }
  return {
    blobs: altered(blobs, {
      write: async (room, write) =>
        blobs.write(room, write.name === snapshotName ? { ...write, bytes: await cut(room, write.bytes) } : write),
    }),
  }
}
