import type { Claim, Opening, RequestClaims } from '@millrace/server'
import type { SqliteCore } from './sqlite-core.ts'

export class SqliteRequestClaims implements RequestClaims {
  readonly #core: SqliteCore
  readonly #opening: Opening
  /** Of this node, so that what it leaves unsettled is told apart. */
  readonly #claimant: string

  constructor(core: SqliteCore, opening: Opening, claimant: string) {
    this.#core = core
    this.#opening = opening
    this.#claimant = claimant
  }

  async claim(key: string, digest: number): Promise<Claim> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'claim', key, digest: String(digest), claimant: this.#claimant })
  }

  async settle(key: string, answer: string): Promise<void> {
    this.#opening.assertOpen()
    await this.#core.ask({ kind: 'settle', key, answer })
  }

  async release(key: string): Promise<void> {
    this.#opening.assertOpen()
    await this.#core.ask({ kind: 'release', key })
  }

  async forget(key: string): Promise<void> {
    this.#opening.assertOpen()
    await this.#core.ask({ kind: 'forget', key })
  }

  async abandon(): Promise<void> {
    await this.#core.ask({ kind: 'abandon', claimant: this.#claimant })
  }
}
