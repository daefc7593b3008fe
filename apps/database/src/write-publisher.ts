import { randomUUID } from 'node:crypto'
import { fail } from '@millrace/contract'
import type { Write } from './ledger.ts'

/** What a handler knows of its request. */
interface Request {
  readonly user: { readonly id: string }
  readonly key: string | undefined
}

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

  /**
   * Makes the write that a request asks for, and publishes it. A retry makes nothing, and publishes what is not yet published.
   *
   * @param make Calls the ledger. The key can be an id; where a client sent none, it is a new one.
   * @throws MillraceError `INVALID_INPUT` where the request's key cannot be an id.
   */
  async run<T>({ user, key }: Request, make: (write: Write) => Promise<T>): Promise<T> {
    const write = { userId: user.id, key: idOf(key) }
    const made = await make(write)
    await this.publish(write)
    return made
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

function idOf(key: string = randomUUID()): string {
  if (/^[\w-]{1,64}$/.test(key)) return key
  throw fail('INVALID_INPUT', 'the key of a request has 1 to 64 letters, digits, _ or -; draw another')
}
