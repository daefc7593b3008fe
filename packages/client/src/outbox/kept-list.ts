import type { OutboxLimits } from '../outbox.ts'
import type { Room } from '../room.ts'
import type { KeptRequest } from './kept-request.ts'
import { compareKept, type Kept } from './kept.ts'

/** Every request of an outbox, oldest first. */
export class KeptList {
  readonly #limits: OutboxLimits
  #all: readonly Kept[] = []
  #requests: readonly KeptRequest[] = []
  #bytes = 0

  constructor(limits: OutboxLimits) {
    this.#limits = limits
  }

  /** The same array until something changes. */
  get requests(): readonly KeptRequest[] {
    return this.#requests
  }

  get(key: string): Kept | undefined {
    return this.#all.find(({ request }) => request.key === key)
  }

  /** The oldest one that is to be sent to this room. */
  next(room: Room): Kept | undefined {
    return this.#all.find((kept) => kept.room === room && kept.request.state === 'pending')
  }

  hasSpaceFor(bytes: number): boolean {
    const { maxRequests, maxBytes } = this.#limits
    return this.#all.length < maxRequests && this.#bytes + bytes <= maxBytes
  }

  add(kept: Kept): void {
    this.#set([...this.#all, kept].sort(compareKept))
  }

  /** Puts it in the place of the one with its key; does nothing where there is none. */
  replace(kept: Kept): void {
    this.#set(this.#all.map((one) => (one.request.key === kept.request.key ? kept : one)))
  }

  remove(key: string): void {
    this.#set(this.#all.filter(({ request }) => request.key !== key))
  }

  #set(all: readonly Kept[]): void {
    this.#all = all
    this.#bytes = all.reduce((sum, { bytes }) => sum + bytes, 0)
    const requests = all.map(({ request }) => request)
    const isSame = requests.length === this.#requests.length && requests.every((one, i) => one === this.#requests[i])
    if (!isSame) this.#requests = requests
  }
}
