import type { Random } from '@millrace/contract'
import {
  checkBlobName,
  checkBlobWrite,
  type Blob,
  type BlobInfo,
  type Blobs,
  type BlobWrite,
  type BlobWritten,
  type Opening,
} from '@millrace/server'
import type { SqliteCore } from './sqlite-core.ts'

export class SqliteBlobs implements Blobs {
  readonly #core: SqliteCore
  readonly #opening: Opening
  readonly #random: Random

  constructor(core: SqliteCore, opening: Opening, random: Random) {
    this.#core = core
    this.#opening = opening
    this.#random = random
  }

  async list(room: string, prefix: string): Promise<readonly BlobInfo[]> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'listBlobs', room, prefix })
  }

  async read(room: string, name: string): Promise<Blob | undefined> {
    this.#opening.assertOpen()
    checkBlobName(name)
    return this.#core.ask({ kind: 'readBlob', room, name })
  }

  async write(room: string, write: BlobWrite): Promise<BlobWritten> {
    this.#opening.assertOpen()
    checkBlobWrite(write)
    const { name, replaces } = write
    // A copy, since its memory moves to the worker.
    const bytes = new Uint8Array(write.bytes)
    return this.#core.ask({ kind: 'writeBlob', room, name, bytes, replaces, revision: this.#random.id() })
  }

  async remove(room: string, name: string, revision?: string): Promise<boolean> {
    this.#opening.assertOpen()
    checkBlobName(name)
    return this.#core.ask({ kind: 'removeBlob', room, name, revision })
  }
}
