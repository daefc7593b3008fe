import type { Claim, RequestClaims } from '../ports/request-claims.ts'
import type { ClaimData } from './claim-data.ts'
import type { Opening } from './opening.ts'

export class MemoryRequestClaims implements RequestClaims {
  readonly #data: ClaimData
  readonly #opening: Opening

  constructor(data: ClaimData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  claim(key: string, digest: number): Claim {
    this.#opening.assertOpen()
    return this.#data.claim(key, digest, this.#opening)
  }

  settle(key: string, answer: string): void {
    this.#opening.assertOpen()
    this.#data.settle(key, answer)
  }

  release(key: string): void {
    this.#opening.assertOpen()
    this.#data.release(key)
  }

  forget(key: string): void {
    this.#opening.assertOpen()
    this.#data.forget(key)
  }
}
