import type { Claim } from '../ports/request-claims.ts'
import { keyWindowMs } from '../ports/store.ts'
import { KeyWindow, Remembered } from './key-window.ts'
import type { Opening, Surroundings } from './opening.ts'
import { payloadBytes } from '../payload-bytes.ts'

export interface ClaimLimits {
  readonly maxKeys: number
  /** UTF-8 bytes of all answers together; above it the oldest are dropped and their claims are lost. */
  readonly maxAnswerBytes: number
}

const claimed: Claim = { state: 'claimed' }

class Claimed extends Remembered<Claimed> {
  readonly digest: number
  readonly claimant: Opening
  state: 'running' | 'settled' | 'lost' = 'running'
  /** '' unless settled. */
  answer = ''

  constructor(key: string, expiresAt: number, digest: number, claimant: Opening) {
    super(key, expiresAt)
    this.digest = digest
    this.claimant = claimant
  }
}

/** The claims of the last minutes, shared by the nodes of this process. */
export class ClaimData {
  readonly #surroundings: Surroundings
  readonly #limits: ClaimLimits
  readonly #keys: KeyWindow<Claimed>
  /** The claim whose answer was dropped last, because there were too many. */
  #dropped: Claimed | undefined
  #answerBytes = 0

  constructor(surroundings: Surroundings, limits: ClaimLimits) {
    this.#surroundings = surroundings
    this.#limits = limits
    this.#keys = new KeyWindow({ windowMs: keyWindowMs, maxKeys: limits.maxKeys }, (claimed) => this.#drop(claimed))
  }

  claim(key: string, digest: number, claimant: Opening): Claim {
    const now = this.#surroundings.clock.monotonic()
    const known = this.#keys.get(key, now)
    if (known === undefined) {
      this.#keys.assertRoom()
      this.#keys.add(new Claimed(key, this.#keys.expiryOf(now), digest, claimant))
      return claimed
    }
    if (known.digest !== digest) return { state: 'mismatch' }
    if (known.state === 'settled') return { state: 'settled', answer: known.answer }
    return { state: known.state === 'running' && known.claimant.isOpen ? 'running' : 'lost' }
  }

  settle(key: string, answer: string): void {
    const known = this.#keys.peek(key)
    if (known?.state !== 'running') return
    known.state = 'settled'
    known.answer = answer
    this.#answerBytes += payloadBytes(answer)
    while (this.#answerBytes > this.#limits.maxAnswerBytes) this.#dropOldest()
  }

  release(key: string): void {
    const known = this.#keys.peek(key)
    if (known?.state === 'running') this.#keys.delete(key)
  }

  forget(key: string): void {
    const known = this.#keys.peek(key)
    if (known?.state !== 'settled') return
    this.#keys.delete(key)
    this.#drop(known)
  }

  /** Goes on after the last one; from the beginning where that is gone, or nothing comes after it. */
  #dropOldest(): void {
    this.#dropped = this.#dropped?.newer ?? this.#keys.oldest
    if (this.#dropped !== undefined) this.#drop(this.#dropped)
  }

  #drop(claimed: Claimed): void {
    if (claimed.state !== 'settled') return
    this.#answerBytes -= payloadBytes(claimed.answer)
    claimed.state = 'lost'
    claimed.answer = ''
  }
}
