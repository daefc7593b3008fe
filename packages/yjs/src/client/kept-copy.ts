import type { Doc } from 'yjs'
import { openLocalCopy, type LocalCopy } from './local-copy.ts'

export interface KeptCopyEvents {
  /** What was kept is in the document. */
  readonly loaded: () => void
  readonly report: (thrown: unknown) => void
}

/** What a browser keeps of a document, where it keeps anything. A fault of it is reported; the document goes on without. */
export class KeptCopy {
  /** Resolves once what was kept is in the document, or nothing could be read. */
  readonly whenRead: Promise<void>
  readonly #report: (thrown: unknown) => void
  #origin: unknown
  #copy: LocalCopy | undefined

  constructor(doc: Doc, name: string | undefined, { loaded, report }: KeptCopyEvents) {
    this.#report = report
    this.whenRead = name === undefined ? Promise.resolve() : this.#read(doc, name, loaded)
  }

  isOrigin(origin: unknown): boolean {
    return this.#origin !== undefined && origin === this.#origin
  }

  close(): void {
    this.whenRead.then(() => this.#copy?.close()).catch(this.#report)
  }

  async remove(): Promise<void> {
    await this.whenRead
    await this.#copy?.remove()
  }

  async #read(doc: Doc, name: string, loaded: () => void): Promise<void> {
    try {
      this.#copy = await openLocalCopy(name, doc, (origin) => (this.#origin = origin))
      loaded()
    } catch (thrown) {
      this.#report(thrown)
    }
  }
}
