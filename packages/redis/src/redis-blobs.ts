import {
  checkBlobCount,
  checkBlobName,
  checkBlobWrite,
  maxBlobs,
  type Blob,
  type BlobInfo,
  type Blobs,
  type BlobWrite,
  type BlobWritten,
} from '@millrace/server'
import { decodeBlobInfo, foreignBytes, maxLineBytes, maxNameBytes } from './blob-text.ts'
import type { Argument, Effect } from './commands.ts'
import { listBlobs, readBlob, removeBlob, writeBlob } from './lua/blob-scripts.ts'
import type { Script } from './lua/script.ts'
import { bufferList, textOf } from './replies.ts'
import type { StoreParts } from './store-parts.ts'

export class RedisBlobs implements Blobs {
  readonly #parts: StoreParts

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  async list(room: string, prefix: string): Promise<readonly BlobInfo[]> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    const keys = names.blobs(room).slice(0, 1)
    const bounds = [maxBlobs, maxNameBytes, maxLineBytes].map(String)
    const [kind, ...found] = bufferList(await commands.run(listBlobs, keys, [prefix, ...bounds], 'read'), 1)
    if (textOf(kind) !== 'names') throw this.#foreign(`something in ${keys[0]}`)
    const infos: BlobInfo[] = []
    for (let index = 0; index < found.length; index += 2) {
      const info = decodeBlobInfo(textOf(found[index]), textOf(found[index + 1]))
      if (info === undefined) throw this.#foreign(`a name in ${keys[0]}`)
      infos.push(info)
    }
    return infos.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async read(room: string, name: string): Promise<Blob | undefined> {
    const [outcome, head, bytes] = await this.#run(readBlob, room, name, [], 'read')
    if (outcome === 'none') return undefined
    const info = decodeBlobInfo(name, textOf(head))
    if (info === undefined || bytes?.length !== info.byteLength) throw this.#foreign(`"${name}"`)
    // A copy: the reply may share its memory with others.
    return { ...info, bytes: new Uint8Array(bytes) }
  }

  async write(room: string, write: BlobWrite): Promise<BlobWritten> {
    checkBlobWrite(write)
    const revision = this.#parts.random.id()
    // A copy, since the caller may change its buffer before it is sent.
    const args = [revision, write.replaces ?? '', Buffer.from(write.bytes), String(maxBlobs)]
    // A second attempt could not tell its own first one, replaced by somebody else, from one that never was.
    const [outcome, kept] = await this.#run(writeBlob, room, write.name, args, 'once')
    if (outcome === 'written') return { isWritten: true, revision }
    if (outcome === 'full') checkBlobCount(maxBlobs)
    return { isWritten: false, revision: textOf(kept) || null }
  }

  async remove(room: string, name: string, revision?: string): Promise<boolean> {
    const [outcome] = await this.#run(removeBlob, room, name, [revision ?? ''], 'once')
    return outcome === 'removed'
  }

  async #run(
    script: Script,
    room: string,
    name: string,
    args: readonly Argument[],
    effect: Effect,
  ): Promise<readonly [outcome: string, ...Buffer[]]> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    checkBlobName(name)
    const reply = await commands.run(script, names.blobs(room), [name, ...args], effect)
    const [outcome, ...rest] = bufferList(reply, 1)
    if (textOf(outcome) === 'garbage') throw this.#foreign(`"${name}"`)
    return [textOf(outcome), ...rest]
  }

  /** Bytes that are missing are not told from those that are wrong: who takes them for none might write over them. */
  #foreign(what: string): Error {
    this.#parts.skips.add()
    return foreignBytes(what)
  }
}
