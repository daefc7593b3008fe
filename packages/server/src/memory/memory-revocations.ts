import { maxRevocations, revocationKeptMs, type RevocationNews, type Revocations } from '../ports/revocations.ts'
import type { Opening, Surroundings } from './opening.ts'

interface Revoked {
  readonly version: number
  /** Monotonic ms. */
  readonly at: number
}

/** The revocations of the last hour, shared by the nodes of this process. */
export class RevocationData {
  readonly #surroundings: Surroundings
  /** By user, the oldest first. */
  readonly #users = new Map<string, Revoked>()
  #version = 0
  #forgotten = 0

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  add(userId: string): number {
    const at = this.#surroundings.clock.monotonic()
    const version = ++this.#version
    this.#users.delete(userId)
    this.#users.set(userId, { version, at })
    for (const [id, oldest] of this.#users) {
      if (this.#users.size <= maxRevocations && at - oldest.at < revocationKeptMs) break
      this.#users.delete(id)
      this.#forgotten = oldest.version
    }
    return version
  }

  since(version: number): RevocationNews {
    const after = [...this.#users].filter(([, revoked]) => revoked.version > version)
    const users = after.map(([userId, revoked]) => ({ userId, version: revoked.version }))
    return { version: this.#version, users, forgotten: this.#forgotten }
  }
}

export class MemoryRevocations implements Revocations {
  readonly #data: RevocationData
  readonly #opening: Opening

  constructor(data: RevocationData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async add(userId: string): Promise<number> {
    this.#opening.assertOpen()
    return this.#data.add(userId)
  }

  async since(version = Infinity): Promise<RevocationNews> {
    this.#opening.assertOpen()
    return this.#data.since(version)
  }
}
