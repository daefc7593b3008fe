import type { Claim } from '../ports/request-claims.ts'
import { keyWindowMs } from '../ports/store.ts'
import { KeyWindow } from './key-window.ts'
import type { Opening, Surroundings } from './opening.ts'
import { payloadBytes } from './payload-bytes.ts'
import { Ring } from './ring.ts'

export interface ClaimLimits {
  readonly maxKeys: number
  /** UTF-8 bytes of all answers together; above it the oldest are dropped and their claims are lost. */
  readonly maxAnswerBytes: number
}

interface Claimed {
  readonly digest: string
  readonly claimant: Opening
  readonly expiresAt: number
  claim: Exclude<Claim, { state: 'claimed' | 'mismatch' }>
}

/** The claims of the last minutes, shared by the nodes of this process. */
export class ClaimData {
  readonly #surroundings: Surroundings
  readonly #limits: ClaimLimits
  readonly #keys: KeyWindow<Claimed>
  readonly #settled = new Ring<Claimed>()
  #answerBytes = 0

  constructor(surroundings: Surroundings, limits: ClaimLimits) {
    this.#surroundings = surroundings
    this.#limits = limits
    this.#keys = new KeyWindow({ windowMs: keyWindowMs, maxKeys: limits.maxKeys })
  }

  claim(key: string, digest: string, claimant: Opening): Claim {
    const now = this.#surroundings.clock.monotonic()
    const known = this.#keys.get(key, now)
    if (known === undefined) {
      this.#keys.assertRoom()
      this.#keys.add(key, { digest, claimant, expiresAt: now + keyWindowMs, claim: { state: 'running' } }, now)
      return { state: 'claimed' }
    }
    if (known.digest !== digest) return { state: 'mismatch' }
    return known.claim.state === 'running' && !known.claimant.isOpen ? { state: 'lost' } : known.claim
  }

  settle(key: string, answer: string): void {
    const now = this.#surroundings.clock.monotonic()
    const known = this.#keys.get(key, now)
    if (known?.claim.state !== 'running') return
    known.claim = { state: 'settled', answer }
    this.#answerBytes += payloadBytes(answer)
    this.#settled.push(known)
    this.#dropAnswers(now)
  }

  release(key: string): void {
    const known = this.#keys.get(key, this.#surroundings.clock.monotonic())
    if (known?.claim.state === 'running') this.#keys.delete(key)
  }

  #dropAnswers(now: number): void {
    for (let oldest = this.#settled.at(0); oldest !== undefined; oldest = this.#settled.at(0)) {
      if (oldest.expiresAt > now && this.#answerBytes <= this.#limits.maxAnswerBytes) return
      this.#settled.dropOldest()
      if (oldest.claim.state === 'settled') this.#answerBytes -= payloadBytes(oldest.claim.answer)
      oldest.claim = { state: 'lost' }
    }
  }
}
