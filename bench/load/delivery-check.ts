import { createHash } from 'node:crypto'
import type { Payload, Quote } from '../payload.ts'

/** Follows what one client receives. It is what makes a fast but leaky server fail instead of win. */
export interface DeliveryCheck {
  /** How many were received. */
  readonly count: number
  /** Returns what is wrong with a delivery, or undefined where it may come now. */
  next(payload: Payload): string | undefined
}

/** Every delivery is the next one. */
export class SequenceCheck implements DeliveryCheck {
  #last = 0

  get count(): number {
    return this.#last
  }

  next({ seq }: Pick<Payload, 'seq'>): string | undefined {
    const expected = this.#last + 1
    if (seq === expected) {
      this.#last = seq
      return undefined
    }
    if (seq < expected) return `delivery ${seq} came again after ${this.#last}`
    return `delivery ${seq} came where ${expected} was next: ${seq - expected} missing`
  }
}

/** Every delivery is the next one, and all their texts have one digest. */
export class DigestCheck implements DeliveryCheck {
  readonly #sequence = new SequenceCheck()
  readonly #hash = createHash('sha1')

  get count(): number {
    return this.#sequence.count
  }

  next(payload: Payload): string | undefined {
    this.#hash.update(payload.text)
    return this.#sequence.next(payload)
  }

  /** SHA-1 of all texts so far, in hex. */
  digest(): string {
    return this.#hash.copy().digest('hex')
  }
}

/** Some may be left out, but of each key none comes that is older than one before. Without keys, all have one. */
export class NewestCheck implements DeliveryCheck {
  readonly #newest = new Map<string, Payload | Quote>()
  #count = 0

  get count(): number {
    return this.#count
  }

  next(payload: Payload | Quote): string | undefined {
    const key = 'key' in payload ? payload.key : ''
    const last = this.#newest.get(key)?.seq ?? 0
    if (payload.seq <= last) return `delivery ${payload.seq} of ${key} came after ${last}`
    this.#count++
    this.#newest.set(key, payload)
    return undefined
  }

  /** Undefined where nothing of the key has come. */
  valueOf(key: string): number | undefined {
    const newest = this.#newest.get(key)
    return newest !== undefined && 'value' in newest ? newest.value : undefined
  }
}
