import { fail, MillraceError, type Clock, type Random } from '@millrace/contract'
import { applyUpdate, decodeStateVector } from 'yjs'
import { causalPieces } from '../update/causal-pieces.ts'
import { compareWithServer, type Replica } from './compare-with-server.ts'
import { Outgoing } from './outgoing.ts'
import { Pause } from './pause.ts'
import { retryDelayMs } from './retry-delay.ts'
import { sendUpdate } from './send-update.ts'

/** Edits that waited are sent together up to here, bytes; less where the server takes less. */
const mostBatchBytes = 1_000_000

export interface SyncParts extends Replica {
  readonly clock: Clock
  readonly random: Random
  /** Something of what can be read here may be another. */
  readonly changed: () => void
  /** The server does not take the edits that wait; they stay in the document. */
  readonly refused: (error: MillraceError) => void
  readonly report: (thrown: unknown) => void
}

/**
 * Keeps a document and the server's the same while the room is joined: opens it, then sends edits, one batch after the other. Whatever
 * goes wrong ends in opening again, which tells what either side lacks.
 */
export class DocumentSync {
  readonly #parts: SyncParts
  readonly #outgoing = new Outgoing()
  readonly #pause: Pause
  #sending = 0
  /** Before the local copy is read nothing can be compared. */
  #isReady = false
  #isIn = false
  /** Everything before the room's next event is in the document. */
  #isOpen = false
  /** Counts reasons to open again. */
  #outdated = 0
  #canWrite = true
  #isBusy = false
  /** What waits was refused also right after the document was opened. Trying goes on with the next join. */
  #isStuck = false
  #refusals = 0
  #failures = 0
  #batchBytes = mostBatchBytes

  constructor(parts: SyncParts) {
    this.#parts = parts
    this.#pause = new Pause(parts.clock)
  }

  get isSynced(): boolean {
    return this.#isIn && this.#isOpen
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  /** Edits that are not stored, as far as is known. */
  get unsaved(): number {
    return this.#outgoing.count + this.#sending
  }

  ready(): void {
    this.#isReady = true
    this.#go()
  }

  /** @param recovered All that came meanwhile is still to come as events. */
  joined(recovered: boolean): void {
    this.#isIn = true
    this.#isStuck = false
    this.#refusals = 0
    // Who could only read may do more by now, and events do not tell.
    if (!recovered || !this.#canWrite) this.#mustOpen()
    this.#go()
  }

  out(): void {
    this.#isIn = false
    this.#pause.cut()
  }

  /** Events were lost. */
  gap(): void {
    this.#mustOpen()
    this.#go()
  }

  edited(update: Uint8Array): void {
    const isFirst = this.unsaved === 0
    this.#outgoing.add({ update, count: 1 })
    if (!this.#canWrite && isFirst) this.#parts.refused(readOnly())
    this.#go()
  }

  received(update: Uint8Array): void {
    applyUpdate(this.#parts.doc, update, this.#parts.origin)
  }

  #mustOpen(): void {
    this.#isOpen = false
    this.#outdated += 1
  }

  get #hasWork(): boolean {
    const canSend = this.#canWrite && !this.#outgoing.isEmpty
    return this.#isIn && this.#isReady && !this.#isStuck && (!this.#isOpen || canSend)
  }

  #go(): void {
    this.#parts.changed()
    if (!this.#isBusy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    while (this.#hasWork) {
      try {
        await (this.#isOpen ? this.#send() : this.#open())
        this.#failures = 0
      } catch (thrown) {
        await this.#failed(thrown)
      }
      this.#parts.changed()
    }
    this.#isBusy = false
  }

  async #open(): Promise<void> {
    const outdated = this.#outdated
    let waited = 0
    const { missing, known, canWrite } = await compareWithServer(this.#parts, () => {
      waited = this.#outgoing.clear()
    })
    if (missing) {
      const pieces = causalPieces(missing, decodeStateVector(known), this.#batchBytes)
      const batches = pieces.map((update, at) => ({ update, count: at > 0 ? 0 : Math.max(1, waited) }))
      for (const batch of batches.reverse()) this.#outgoing.putBack(batch)
    } else this.#refusals = 0
    this.#canWrite = canWrite
    this.#isOpen = outdated === this.#outdated
    if (missing && !canWrite) this.#parts.refused(readOnly())
  }

  async #send(): Promise<void> {
    const { room, random } = this.#parts
    const batch = this.#outgoing.take(this.#batchBytes)
    if (!batch) return
    this.#sending = batch.count
    const error = await sendUpdate(room, batch.update, random.id())
    this.#sending = 0
    if (error) {
      this.#outgoing.putBack(batch)
      throw error
    }
    this.#refusals = 0
  }

  /** What only has to be sent once more is; else opening tells what the server has, and what it takes. */
  async #failed(thrown: unknown): Promise<void> {
    if (!(thrown instanceof MillraceError)) this.#parts.report(thrown)
    const error = thrown instanceof MillraceError ? thrown : fail('INTERNAL', 'an update failed here')
    const { happened, retry } = error.rule
    this.#failures += 1
    if (happened === 'no' && retry === 'never') {
      this.#refusals += 1
      if (error.code === 'PAYLOAD_TOO_LARGE') this.#batchBytes = Math.ceil(this.#batchBytes / 4)
      this.#isStuck = this.#refusals >= attemptsAfter(error)
      if (this.#isStuck) return this.#parts.refused(error)
      this.#mustOpen()
      if (error.code !== 'FORBIDDEN' || this.#refusals === 1) return
    }
    if (happened === 'unknown') this.#mustOpen()
    this.#parts.changed()
    if (this.#isIn) await this.#pause.wait(retryDelayMs(this.#failures, this.#parts.random, error.retryAfterMs))
  }
}

/** How often what is refused for good is sent. */
function attemptsAfter({ code }: MillraceError): number {
  // Somebody may just be storing the same edits, and own their client ids by it.
  return code === 'FORBIDDEN' || code === 'PAYLOAD_TOO_LARGE' ? 5 : 2
}

function readOnly(): MillraceError {
  return fail('FORBIDDEN', 'this document may only be read; the edits stay on this machine')
}
