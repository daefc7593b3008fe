import type { Claim } from '../ports/request-claims.ts'
import { keyWindowMs } from '../ports/store.ts'
import { KeyWindow } from './key-window.ts'
import type { Opening, Surroundings } from './opening.ts'
import { payloadBytes } from './payload-bytes.ts'

export interface ClaimLimits {
  readonly maxKeys: number
  /** UTF-8 bytes of all answers together; above it the oldest are dropped and their claims are lost. */
  readonly maxAnswerBytes: number
}

const claimed: Claim = { state: 'claimed' }

interface Claimed {
  readonly digest: number
  readonly claimant: Opening
  readonly expiresAt: number
  state: 'running' | 'settled' | 'lost'
  /** '' unless settled. */
  answer: string
}

/** The claims of the last minutes, shared by the nodes of this process. */
export class ClaimData {
  readonly #surroundings: Surroundings
  readonly #limits: ClaimLimits
  readonly #keys: KeyWindow<Claimed>
  /** The claim whose answer is dropped next, should there be too many. */
  #oldest: Iterator<Claimed>
  #answerBytes = 0

  constructor(surroundings: Surroundings, limits: ClaimLimits) {
    this.#surroundings = surroundings
    this.#limits = limits
    this.#keys = new KeyWindow({ windowMs: keyWindowMs, maxKeys: limits.maxKeys }, (claimed) => this.#drop(claimed))
    this.#oldest = this.#keys.values()
  }

  claim(key: string, digest: number, claimant: Opening): Claim {
    const now = this.#surroundings.clock.monotonic()
    const known = this.#keys.get(key, now)
    if (known === undefined) {
      this.#keys.assertRoom()
      this.#keys.add(key, { digest, claimant, expiresAt: this.#keys.expiryOf(now), state: 'running', answer: '' })
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
    while (this.#answerBytes > this.#limits.maxAnswerBytes) this.#drop(this.#nextOldest())
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

  #nextOldest(): Claimed {
    let next = this.#oldest.next()
    if (next.done) {
      this.#oldest = this.#keys.values()
      next = this.#oldest.next()
    }
    return next.value as Claimed // there is one as long as there are bytes
  }

  #drop(claimed: Claimed): void {
    if (claimed.state !== 'settled') return
    this.#answerBytes -= payloadBytes(claimed.answer)
    claimed.state = 'lost'
    claimed.answer = ''
  }
}
