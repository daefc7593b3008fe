import { fail, MillraceError } from '@millrace/contract'
import type { DocumentParts } from './live-document.ts'
import { decodeIndex, encodeIndex, indexName, versionBlob, type Version } from './version-index.ts'
import { withVersion } from './version-limits.ts'

/** Editing for so long makes one automatic version, ms. */
const automaticEveryMs = 10 * 60_000
/** How often others may change the list first. */
const maxAttempts = 10

interface Index {
  readonly versions: readonly Version[]
  readonly revision: string | null
}

/** The kept versions of one document: a list, and one blob for each. */
export class Versions {
  readonly #parts: DocumentParts
  /** When the newest automatic one was made, as far as this node knows. */
  #automaticAt: number | undefined

  constructor(parts: DocumentParts) {
    this.#parts = parts
  }

  /** Newest first. */
  async list(): Promise<Version[]> {
    return [...(await this.#read()).versions].reverse()
  }

  /** @throws MillraceError OVERLOADED where there are too many. */
  save(update: Uint8Array, name: string, by: string | null): Promise<Version> {
    return this.#add(update, { kind: 'named', name, by })
  }

  async keep(update: Uint8Array): Promise<void> {
    const { at } = await this.#add(update, { kind: 'automatic', name: '', by: null })
    this.#automaticAt = at
  }

  /** Keeps the document where the last version of this kind was made long enough ago, and there is room. */
  async keepWhereDue(update: Uint8Array): Promise<void> {
    this.#automaticAt ??= (await this.#read()).versions.findLast(({ kind }) => kind === 'automatic')?.at ?? 0
    const now = this.#parts.clock.now()
    if (now - this.#automaticAt < automaticEveryMs) return
    try {
      await this.keep(update)
    } catch (error) {
      if (!isFull(error)) throw error
      this.#automaticAt = now // named ones take all the room, and nobody waits for this one
    }
  }

  /** Names it; an automatic one is kept as a named one from then on. @throws MillraceError INVALID_INPUT, OVERLOADED. */
  async rename(id: string, name: string): Promise<Version> {
    let renamed: Version | undefined
    await this.#change((versions) => {
      const version = mustFind(versions, id)
      renamed = { ...version, kind: 'named', name }
      const others = versions.filter((other) => other !== version)
      withVersion(others, renamed, this.#parts.room.entry.document.maxBytes)
      return versions.map((other) => (other === version ? (renamed as Version) : other))
    })
    return renamed as unknown as Version
  }

  /** @throws MillraceError INVALID_INPUT where there is none. */
  async remove(id: string): Promise<void> {
    await this.#change((versions) => {
      const version = mustFind(versions, id)
      return versions.filter((other) => other !== version)
    })
  }

  /** The document as it was, one update. @throws MillraceError INVALID_INPUT where there is none. */
  async read(id: string): Promise<Uint8Array> {
    const blob = await this.#parts.room.storage.blobs.read(versionBlob(id))
    if (blob === undefined) throw noVersion()
    return blob.bytes
  }

  async #add(update: Uint8Array, what: Pick<Version, 'kind' | 'name' | 'by'>): Promise<Version> {
    const { clock, random, room } = this.#parts
    const at = clock.now()
    const id = `${at.toString(36)}-${random.id()}`
    const version: Version = { id, at, byteLength: update.byteLength, ...what }
    withVersion((await this.#read()).versions, version, room.entry.document.maxBytes) // before anything is written
    await room.storage.blobs.write({ name: versionBlob(id), bytes: update, replaces: null })
    try {
      await this.#change((versions) => withVersion(versions, version, room.entry.document.maxBytes))
    } catch (error) {
      if (isFull(error)) await room.storage.blobs.remove(versionBlob(id)) // others took the room meanwhile
      throw error
    }
    return version
  }

  /** Of two that change the list at once, the second does it again on what the first one left. */
  async #change(change: (versions: readonly Version[]) => readonly Version[]): Promise<void> {
    const { room } = this.#parts
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const { versions, revision } = await this.#read()
      const changed = change(versions)
      const written = await room.storage.blobs.write({
        name: indexName,
        bytes: encodeIndex(changed),
        replaces: revision,
      })
      if (!written.isWritten) continue
      const kept = new Set(changed.map(({ id }) => id))
      for (const { id } of versions) if (!kept.has(id)) await room.storage.blobs.remove(versionBlob(id))
      await this.#removeUnlisted(kept)
      await room.publish('versions', {})
      return
    }
    throw fail('UNAVAILABLE', 'the versions of the document were changed by others at the same time; try again')
  }

  /** Those of a process that died before it listed them. */
  async #removeUnlisted(listed: ReadonlySet<string>): Promise<void> {
    const { room, clock } = this.#parts
    const prefix = versionBlob('')
    for (const { name, at, revision } of await room.storage.blobs.list(prefix)) {
      // One that was written a moment ago may be about to be listed.
      if (listed.has(name.slice(prefix.length)) || at > clock.now() - automaticEveryMs) continue
      await room.storage.blobs.remove(name, revision)
    }
  }

  async #read(): Promise<Index> {
    const blob = await this.#parts.room.storage.blobs.read(indexName)
    return blob ? { versions: decodeIndex(blob.bytes), revision: blob.revision } : { versions: [], revision: null }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof MillraceError && error.code === 'OVERLOADED'
}

function mustFind(versions: readonly Version[], id: string): Version {
  const version = versions.find((other) => other.id === id)
  if (version === undefined) throw noVersion()
  return version
}

function noVersion(): Error {
  return fail('INVALID_INPUT', 'the document has no version of this id; list its versions again', { path: 'id' })
}
