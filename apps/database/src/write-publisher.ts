import type { Write } from './ledger.ts'

export interface WritePublisherOptions<W extends Write> {
  /** A ledger, or what an application puts before one. */
  readonly ledger: {
    unpublished(write?: Write): Promise<readonly W[]>
    notePublished(write: Write): Promise<void>
  }
  /** Under the write's key, so that what is published twice is told once: here, on another node, or after a restart. */
  readonly publish: (write: W) => Promise<unknown>
  /** Of what nobody waits for: writes that were missed, and are missed again. */
  readonly onError: (error: unknown) => void
}

/**
 * Tells of each write after it is stored and notes it then. What a process leaves between the two, the next one tells; what
 * could not be told, it tells itself once it can.
 */
export class WritePublisher<W extends Write> {
  readonly #options: WritePublisherOptions<W>
  #hasMissed = false

  constructor(options: WritePublisherOptions<W>) {
    this.#options = options
  }

  /** After the write. Of one that was published, or forgotten, nothing is told again. Rejects as `ledger` and `publish` do. */
  async publish(write: Write): Promise<void> {
    try {
      const unpublished = await this.#options.ledger.unpublished(write)
      for (const each of unpublished) await this.#tell(each)
      // Whether anything can be told is not known.
      if (unpublished.length === 0) return
    } catch (error) {
      this.#hasMissed = true
      throw error
    }
    if (!this.#hasMissed) return
    this.#hasMissed = false
    await this.publishMissed().catch(this.#options.onError)
  }

  /** When the server can publish. A write that cannot be told is reported, and does not keep the others. */
  async publishMissed(): Promise<void> {
    for (const missed of await this.#options.ledger.unpublished()) await this.#tell(missed).catch(this.#options.onError)
  }

  async #tell(write: W): Promise<void> {
    await this.#options.publish(write)
    await this.#options.ledger.notePublished(write)
  }
}
