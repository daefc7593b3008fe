import { fail } from '@millrace/contract'
import type { RoomStorage } from '@millrace/server'
import { Owners, type Claim } from './guard/owners.ts'
import { decodeOwners, encodeOwners } from './guard/owners-blob.ts'
import type { OpenDocument } from './open-document.ts'
import { UserTurns } from './user-turns.ts'

const blobName = 'owners'
/** How often others may claim first. */
const maxAttempts = 20

/** To whom the client ids of one document belong, on every node: what is claimed is in the store before anything is written under it. */
export class OwnerClaims {
  readonly #storage: RoomStorage
  readonly #open: OpenDocument
  #owners = Owners.none
  #revision: string | null = null
  /** The document's when the table was read; undefined before. */
  #generation: number | undefined
  /** One claim of each user waits: who shows a thousand ids would hold everybody up. */
  readonly #turns = new UserTurns()
  /** Claims of this node, one after another: at once they would only hinder each other. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(storage: RoomStorage, open: OpenDocument) {
    this.#storage = storage
    this.#open = open
  }

  /**
   * Undefined where `user` holds all of `clients`; otherwise resolves when it does.
   *
   * @throws MillraceError FORBIDDEN where one is another's.
   */
  claim(user: string, clients: readonly number[]): Promise<void> | undefined {
    if (this.#generation === this.#open.generation) {
      const claim = this.#owners.claim(user, clients, this.#open.known)
      if (claim.kind === 'held') return undefined
    }
    return this.#turns.run(user, () => this.#inTurn(user, clients))
  }

  #inTurn(user: string, clients: readonly number[]): Promise<void> {
    const turn = this.#turn.then(() => this.#claim(user, clients))
    this.#turn = turn.catch(() => undefined) // whoever asked is told
    return turn
  }

  async #claim(user: string, clients: readonly number[]): Promise<void> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const wasRead = await this.#readWhereStale()
      const claim = this.#owners.claim(user, clients, this.#open.known)
      if (claim.kind === 'held') return
      if (claim.kind === 'refused') {
        if (wasRead) throw claim.error
        this.#generation = undefined // another node may have let it in meanwhile
      } else if (await this.#write(claim)) return
    }
    throw fail('UNAVAILABLE', 'too many others begin to write to this document at the same moment; try again')
  }

  async #write({ owners }: Extract<Claim, { readonly kind: 'claimed' }>): Promise<boolean> {
    const written = await this.#storage.blobs.write({
      name: blobName,
      bytes: encodeOwners(owners),
      replaces: this.#revision,
    })
    if (!written.isWritten) {
      this.#generation = undefined
      return false
    }
    this.#owners = owners
    this.#revision = written.revision
    return true
  }

  /** @returns Whether it was. */
  async #readWhereStale(): Promise<boolean> {
    const { generation } = this.#open
    if (this.#generation === generation) return false
    const blob = await this.#storage.blobs.read(blobName)
    this.#owners = blob ? decodeOwners(blob.bytes) : Owners.none
    this.#revision = blob?.revision ?? null
    this.#generation = generation
    return true
  }
}
