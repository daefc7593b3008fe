import { fail } from '@millrace/contract'
import type { DocumentParts } from './live-document.ts'
import type { Merger } from './merger.ts'
import type { OpenDocument } from './open-document.ts'
import { encodeSnapshot, snapshotName } from './snapshot-blob.ts'

/** Entries that make it worthwhile to compact what nobody looks at any more; more where it is large. */
const closingEntries = 20
/** After a failure, ms; twice as long after each further one. */
const pauseMs = 1_000
const maxPauseMs = 300_000
/** Documents of the process that are compacted at a time because they close. A node that closes has no time for more. */
const mostClosing = 8
let closing = 0

/** Writes the snapshot of one document anew, so that its log can be trimmed and opening stays cheap. */
export class Compaction {
  readonly #parts: DocumentParts
  readonly #open: OpenDocument
  readonly #merger: Merger
  readonly #kept: (update: Uint8Array) => Promise<void>
  readonly #failed: (error: unknown) => void
  #running: Promise<void> | undefined
  /** Since the last success. */
  #failures = 0
  /** When it may be tried again, in the clock's monotonic ms. */
  #pausedUntil = -Infinity

  /**
   * @param kept Given each new snapshot of this node.
   * @param failed Told of faults that nobody waits for.
   */
  constructor(
    parts: DocumentParts,
    open: OpenDocument,
    merger: Merger,
    kept: (update: Uint8Array) => Promise<void>,
    failed: (error: unknown) => void,
  ) {
    this.#parts = parts
    this.#open = open
    this.#merger = merger
    this.#kept = kept
    this.#failed = failed
  }

  /**
   * Begins where the tail is long for the size of the document, and waits for nothing.
   *
   * @param isOwn False: this node only heard of it, and another one is to compact it; that is looked for after twice as much.
   */
  beginWhereDue(isOwn = true): void {
    if (this.#running) return
    void this.runWhereDue(isOwn).catch(this.#failed)
  }

  async runWhereDue(isOwn = true): Promise<void> {
    const { clock } = this.#parts
    if (this.#running) return this.#running
    if (!this.#isDue(isOwn ? 1 : 2) || clock.monotonic() < this.#pausedUntil) return
    try {
      await this.run(isOwn)
      this.#failures = 0
    } catch (error) {
      this.#pausedUntil = clock.monotonic() + Math.min(pauseMs * 2 ** this.#failures, maxPauseMs)
      this.#failures++
      throw error
    }
  }

  /** Before nobody looks any more. */
  async runAtClose(): Promise<void> {
    closing++
    try {
      await this.#running
      const { tailCount, snapshotBytes } = this.#open.pieces
      if (closing <= mostClosing && tailCount >= Math.max(closingEntries, snapshotBytes / 1_000)) await this.run()
    } finally {
      closing--
    }
  }

  /** Once, however often it is called meanwhile. Rejects as the store does, or where what is stored is damaged. */
  run(isOwn = true): Promise<void> {
    this.#running ??= (isOwn ? this.#run() : this.#runUnlessDone()).finally(() => (this.#running = undefined))
    return this.#running
  }

  /** @throws MillraceError OVERLOADED where the tail has no room for another update. */
  assertRoom(): void {
    const { tailCount, tailBytes } = this.#open.pieces
    const { maxTailEntries, maxTailBytes } = this.#parts.plan
    if (tailCount < maxTailEntries && tailBytes < maxTailBytes) return
    this.beginWhereDue()
    throw fail('OVERLOADED', 'the document takes no more until it is compacted; send the update again', {
      retryAfterMs: pauseMs,
    })
  }

  /** Merging costs time with the size of the whole document: it is paid for by a tail in proportion. */
  #isDue(times: number): boolean {
    const { snapshotBytes } = this.#open.pieces
    const [tailCount, tailBytes] = [this.#open.pieces.tailCount / times, this.#open.pieces.tailBytes / times]
    const { compactEntries, compactBytes, maxTailEntries, maxTailBytes } = this.#parts.plan
    return (
      tailCount >= Math.min(Math.max(compactEntries, snapshotBytes / 50), maxTailEntries / 2) ||
      tailBytes >= Math.min(Math.max(compactBytes, snapshotBytes / 2), maxTailBytes / 2)
    )
  }

  async #runUnlessDone(): Promise<void> {
    const [kept] = await this.#parts.room.storage.blobs.list(snapshotName)
    if ((kept?.revision ?? null) !== this.#open.revision) return this.#open.replaced()
    await this.#run()
  }

  async #run(): Promise<void> {
    const { pieces, top: through, revision, generation } = this.#open
    if (pieces.tailCount === 0) return
    const { update, stateVector } = await this.#merger.merge(pieces)
    const { storage } = this.#parts.room
    const written = await storage.blobs.write({
      name: snapshotName,
      bytes: encodeSnapshot({ through, stateVector, update }),
      replaces: revision,
    })
    // Another node was faster: its snapshot is read before the next lookup.
    if (!written.isWritten) return this.#open.replaced()
    if (this.#open.generation === generation) this.#open.compacted(update, through, written.revision)
    await storage.trim(through)
    await this.#kept(update)
  }
}
