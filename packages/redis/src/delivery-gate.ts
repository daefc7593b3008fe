import type { Cancel, Clock } from '@millrace/contract'

export interface DeliveryGateOptions {
  readonly clock: Clock
  /** Whether this node's lease holds; if not, others may have taken it for dead. */
  readonly isHeld: (nowMs: number) => boolean
  /** Takes the lease again and delivers what was missed. */
  readonly repair: () => Promise<void>
  /** Delivers what was missed once more, where not everything could wait. */
  readonly repairAgain: () => void
  readonly onError: (error: unknown) => void
}

/** Messages and their bytes that may wait; more are read from Redis. */
const maxKept = 10_000
const maxKeptBytes = 16_000_000
/** Pause after a repair that failed. */
const retryMs = 1_000

/** Keeps messages from being delivered ahead of those that a node missed while it was frozen or cut off. */
export class DeliveryGate {
  readonly #options: DeliveryGateOptions
  #kept: (() => void)[] = []
  #keptBytes = 0
  #isOverfull = false
  #closed: Promise<void> | undefined
  #cancel: Cancel | undefined
  #isEnded = false

  constructor(options: DeliveryGateOptions) {
    this.#options = options
  }

  /** Whether a message may be delivered. Asked for every one. */
  isOpen(nowMs: number): boolean {
    if (this.#closed === undefined && this.#options.isHeld(nowMs)) return true
    this.shut()
    return false
  }

  get isShut(): boolean {
    return this.#closed !== undefined
  }

  /** `deliver` is called after the repair, unless there is too much; then the repair is made again. */
  keep(bytes: number, deliver: () => void): void {
    if (this.#kept.length >= maxKept || this.#keptBytes + bytes > maxKeptBytes) {
      this.#kept = []
      this.#isOverfull = true
    }
    if (this.#isOverfull) return
    this.#kept.push(deliver)
    this.#keptBytes += bytes
  }

  /** Repairs, then opens. */
  shut(): void {
    // Not in this turn, since it may be the lease that noticed, and the repair asks it for itself.
    if (!this.#isEnded) this.#closed ??= Promise.resolve().then(() => this.#repairAndOpen())
  }

  /** Resolves when it is open. */
  async untilOpen(): Promise<void> {
    await this.#closed
  }

  /** What waits is dropped. */
  close(): void {
    this.#isEnded = true
    this.#cancel?.()
    this.#kept = []
  }

  async #repairAndOpen(): Promise<void> {
    const { clock, isHeld, repair, onError } = this.#options
    for (;;) {
      try {
        await repair()
        if (isHeld(clock.monotonic())) break
      } catch (error) {
        if (!this.#isEnded) onError(error)
        await new Promise<void>((resolve) => (this.#cancel = clock.after(retryMs, resolve)))
      }
      if (this.#isEnded) return
    }
    this.#open()
  }

  #open(): void {
    const kept = this.#kept
    const isOverfull = this.#isOverfull
    this.#kept = []
    this.#keptBytes = 0
    this.#isOverfull = false
    this.#closed = undefined
    for (const deliver of kept) deliver()
    if (isOverfull) this.#options.repairAgain()
  }
}
