import { WritePublisher, type Write } from '@millrace/app-database'
import { fail } from '@millrace/contract'
import { Pace } from '@millrace/server'
import type { PublicUser, ShelfEntry } from '../contract.ts'
import { notYours } from '../store/changes.ts'
import type { Beginning, CollabStore, DocumentWrite } from '../store/collab-store.ts'
import type { News } from '../store/news.ts'

/** What a handler knows of its request. */
interface Request {
  readonly user: PublicUser
  readonly key: string | undefined
}

export interface WritesOptions {
  readonly store: CollabStore
  readonly tell: (write: DocumentWrite & { readonly news: News }) => Promise<void>
  readonly monotonicMs: () => number
  readonly onError: (error: unknown) => void
}

/** Makes the writes that requests ask for: at a pace, once each, told to whom they concern. */
export class Writes {
  readonly #options: WritesOptions
  readonly #publisher: WritePublisher<DocumentWrite & { readonly news: News }>
  /** More than somebody clicks and writes in a minute. Edits of the text are not among them. */
  readonly #pace = new Pace({ burst: 60, intervalMs: 1_000 })

  constructor(options: WritesOptions) {
    this.#options = options
    this.#publisher = new WritePublisher({ ledger: options.store, publish: options.tell, onError: options.onError })
  }

  /** @throws MillraceError `RATE_LIMITED`. */
  holdBack({ id }: PublicUser): void {
    const retryAfterMs = this.#pace.take(id, this.#options.monotonicMs())
    if (retryAfterMs > 0) throw fail('RATE_LIMITED', 'too much at once; wait a moment', { retryAfterMs })
  }

  change<T>(context: Request, documentId: string, make: (write: DocumentWrite) => Promise<T>): Promise<T> {
    return this.#write(context, (write) => make({ ...write, documentId }))
  }

  /** A new document of the user. */
  async create(context: Request, title: string, beginning: Beginning): Promise<ShelfEntry> {
    const id = await this.#write(context, async (write) => {
      await this.#options.store.create(write, title, beginning)
      return write.key
    })
    return this.entry(id, context.user)
  }

  /** @throws MillraceError `FORBIDDEN` where the user may not open the document. */
  async entry(documentId: string, { id }: PublicUser): Promise<ShelfEntry> {
    const entry = (await this.#options.store.entries(documentId, [id])).get(id)
    if (entry) return entry
    throw fail('FORBIDDEN', notYours)
  }

  publishMissed(): Promise<void> {
    return this.#publisher.publishMissed()
  }

  /** What was made before is answered, whatever the pace. */
  #write<T>(context: Request, make: (write: Write) => Promise<T>): Promise<T> {
    return this.#publisher.run(context, async (write) => {
      if (!(await this.#options.store.isKnown(write))) this.holdBack(context.user)
      return make(write)
    })
  }
}
