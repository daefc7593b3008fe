import type { Blob, BlobInfo, Blobs, BlobWrite, BlobWritten } from '../ports/blobs.ts'
import { checkBlobName, checkBlobWrite } from '../ports/check-blob.ts'
import type { BlobData } from './blob-data.ts'
import type { Opening } from './opening.ts'

export class MemoryBlobs implements Blobs {
  readonly #data: BlobData
  readonly #opening: Opening

  constructor(data: BlobData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async list(room: string, prefix: string): Promise<readonly BlobInfo[]> {
    this.#opening.assertOpen()
    return this.#data.list(room, prefix)
  }

  async read(room: string, name: string): Promise<Blob | undefined> {
    this.#opening.assertOpen()
    checkBlobName(name)
    return this.#data.read(room, name)
  }

  async write(room: string, write: BlobWrite): Promise<BlobWritten> {
    this.#opening.assertOpen()
    checkBlobWrite(write)
    return this.#data.write(room, write)
  }

  async remove(room: string, name: string, revision?: string): Promise<boolean> {
    this.#opening.assertOpen()
    checkBlobName(name)
    return this.#data.remove(room, name, revision)
  }
}
