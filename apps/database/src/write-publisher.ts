import type { Write } from './ledger.ts'

export interface WritePublisherOptions<W extends Write> {
  /** A ledger, or what an application puts before one. */
  readonly ledger: {
    unpublished(write?: Write): Promise<readonly W[]>
    notePublished(write: Write): Promise<void>
  }
  /** Under the write's key, so that what is published twice is told once: here, on another node, or after a restart. */
  readonly publish: (write: W) => Promise<unknown>
}

/** Tells of each write after it is stored and notes it then. What a process leaves between the two, the next one tells. */
export class WritePublisher<W extends Write> {
  readonly #options: WritePublisherOptions<W>

  constructor(options: WritePublisherOptions<W>) {
    this.#options = options
  }

  /** After the write. Of one that was published, or forgotten, nothing is told again. */
  async publish(write: Write): Promise<void> {
    for (const unpublished of await this.#options.ledger.unpublished(write)) await this.#tell(unpublished)
  }

  /** When the server can publish. A write that cannot be told is reported, and does not keep the others. */
  async publishMissed(onError: (error: unknown) => void): Promise<void> {
    for (const missed of await this.#options.ledger.unpublished()) await this.#tell(missed).catch(onError)
  }

  async #tell(write: W): Promise<void> {
    await this.#options.publish(write)
    await this.#options.ledger.notePublished(write)
  }
}
