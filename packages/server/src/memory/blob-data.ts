import { fail } from '@millrace/contract'
import type { Blob, BlobInfo, BlobWrite, BlobWritten } from '../ports/blobs.ts'
import { checkBlobCount } from '../ports/check-blob.ts'
import type { Surroundings } from './opening.ts'

/** The kept bytes of all rooms, shared by the nodes of this process. */
export class BlobData {
  readonly #surroundings: Surroundings
  readonly #maxRooms: number
  readonly #rooms = new Map<string, Map<string, Blob>>()

  constructor(surroundings: Surroundings, maxRooms: number) {
    this.#surroundings = surroundings
    this.#maxRooms = maxRooms
  }

  list(room: string, prefix: string): readonly BlobInfo[] {
    const infos: BlobInfo[] = []
    for (const { name, revision, at, byteLength } of this.#rooms.get(room)?.values() ?? [])
      if (name.startsWith(prefix)) infos.push({ name, revision, at, byteLength })
    return infos.sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  read(room: string, name: string): Blob | undefined {
    const blob = this.#rooms.get(room)?.get(name)
    return blob && { ...blob, bytes: new Uint8Array(blob.bytes) }
  }

  write(room: string, { name, bytes, replaces }: BlobWrite): BlobWritten {
    const known = this.#rooms.get(room)?.get(name)
    if ((known?.revision ?? null) !== replaces) return { isWritten: false, revision: known?.revision ?? null }
    const blobs = this.#blobsOf(room)
    if (known === undefined) checkBlobCount(blobs.size)
    const { clock, random } = this.#surroundings
    const revision = random.id()
    const kept = new Uint8Array(bytes)
    blobs.set(name, { name, revision, at: clock.now(), byteLength: kept.byteLength, bytes: kept })
    return { isWritten: true, revision }
  }

  remove(room: string, name: string, revision?: string): boolean {
    const blobs = this.#rooms.get(room)
    const known = blobs?.get(name)
    if (blobs === undefined || known === undefined || (revision ?? known.revision) !== known.revision) return false
    blobs.delete(name)
    if (blobs.size === 0) this.#rooms.delete(room)
    return true
  }

  #blobsOf(room: string): Map<string, Blob> {
    const known = this.#rooms.get(room)
    if (known !== undefined) return known
    if (this.#rooms.size >= this.#maxRooms)
      throw fail('OVERLOADED', `the store keeps bytes of ${this.#maxRooms} rooms; raise maxRooms, or use fewer`)
    const blobs = new Map<string, Blob>()
    this.#rooms.set(room, blobs)
    return blobs
  }
}
