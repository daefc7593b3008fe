import type { Clock, Random } from '@millrace/contract'
import type { TypedRoomHandle } from '@millrace/server'
import type { DocumentEntry } from '../contract/document.ts'
import { Compaction } from './compaction.ts'
import { DocumentJobs } from './document-jobs.ts'
import { Merger } from './merger.ts'
import { Nesting } from './nesting.ts'
import { OpenDocument } from './open-document.ts'
import { OwnerClaims } from './owner-claims.ts'
import { Seats } from './seats.ts'
import { writerOf, type ServerWriter } from './server-writer.ts'
import { Surveyor } from './surveyor.ts'
import { Uploads } from './uploads.ts'
import { UserTurns } from './user-turns.ts'
import { Versions } from './versions.ts'

/** When a document is compacted, and what it may hold until it is. */
export interface DocumentPlan {
  /** Entries after the snapshot from which on it is written anew; more where it is large. Default 1,000. */
  readonly compactEntries: number
  /** Bytes of them. Default 64 kB. */
  readonly compactBytes: number
  /** Entries after the snapshot above which updates are refused. Default 20,000. */
  readonly maxTailEntries: number
  /** Bytes of them. Default 32,000,000. */
  readonly maxTailBytes: number
}

export const defaultPlan: DocumentPlan = {
  compactEntries: 1_000,
  compactBytes: 64 * 1024,
  maxTailEntries: 20_000,
  maxTailBytes: 32_000_000,
}

/** How long a document that nobody looks at any more is compacted, ms: a node that closes waits for it. */
const mostClosingMs = 2_000

export interface DocumentParts {
  readonly room: TypedRoomHandle<DocumentEntry>
  readonly plan: DocumentPlan
  readonly clock: Clock
  readonly random: Random
}

/** One document and everything that a node does with it. */
export class LiveDocument {
  readonly parts: DocumentParts
  readonly open: OpenDocument
  readonly jobs = new DocumentJobs()
  readonly merger = new Merger(this.jobs.run)
  readonly compaction: Compaction
  readonly owners: OwnerClaims
  readonly nesting: Nesting
  readonly surveyor: Surveyor
  readonly uploads: Uploads
  readonly versions: Versions
  readonly writer: ServerWriter
  readonly seats = new Seats()
  /** Of those who write. */
  readonly turns = new UserTurns()

  constructor(parts: DocumentParts) {
    const { room, clock, random } = parts
    this.parts = parts
    this.open = new OpenDocument(room.storage, {
      heard: (update) => this.nesting.heard(update),
      taken: (placed, isOwn) => this.surveyor.taken(placed, isOwn),
      grown: (isOwn) => this.compaction.beginWhereDue(isOwn),
      closing: (isRead) => this.#close(isRead),
    })
    this.compaction = new Compaction(
      parts,
      this.open,
      this.merger,
      (update) => this.versions.keepWhereDue(update),
      (error) => {
        if (!this.jobs.isStopped) this.open.failed(error) // or it was ended
      },
    )
    this.nesting = new Nesting(this.open, this.jobs.run)
    this.surveyor = new Surveyor(this.open, this.jobs.run)
    this.owners = new OwnerClaims(room.storage, this.open)
    this.uploads = new Uploads(clock, room.entry.document.maxUpdateBytes)
    this.versions = new Versions(parts)
    this.writer = writerOf(room, random)
  }

  /** What is not compacted by `mostClosingMs` is in the log, where it is read from again. */
  async #close(isRead: boolean): Promise<void> {
    this.uploads.forgetAll()
    const cancel = this.parts.clock.after(mostClosingMs, () => this.jobs.stop())
    try {
      if (isRead) await this.compaction.runAtClose()
    } catch (error) {
      if (!this.jobs.isStopped) throw error
    } finally {
      cancel()
      this.jobs.stop()
    }
  }
}
