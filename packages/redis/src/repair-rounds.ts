import type { Clock } from '@millrace/contract'
import { eachAtOnce } from './each-at-once.ts'
import type { Suspect } from './heard-tails.ts'
import { Timers } from './timers.ts'

export interface RepairRoundsOptions {
  readonly clock: Clock
  /** How long a lost last message may stay unnoticed, ms. */
  readonly compareMs: number
  /** Rooms of the log, of keyed state and of presence that missed something, as it seems. */
  readonly suspects: () => Promise<readonly Suspect[]>
  /** Subscribes to a room again, since ioredis and Redis end subscriptions without a word. */
  readonly resubscribe: (room: string) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** A message may be on its way while Redis already counts it, ms. */
const settleMs = 200
/** Pause after a comparison that failed. */
const retryMs = 1_000
/** Rooms that are repaired at a time. */
const width = 32

/** Finds out by comparison what was missed, and repairs it: regularly, and whenever a subscription was in doubt. */
export class RepairRounds {
  readonly #options: RepairRoundsOptions
  readonly #timers: Timers
  #running: Promise<void> | undefined
  #isDue = false
  #isClosed = false

  constructor(options: RepairRoundsOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
    this.#later()
  }

  /** Whether everything that was known to be in doubt has been repaired. */
  get isRepaired(): boolean {
    return this.#running === undefined && !this.#isDue
  }

  /** Repairs what was missed until now. Never rejects; what fails is reported and tried again. */
  run(): Promise<void> {
    this.#isDue = true
    this.#running ??= this.#repairAll().finally(() => (this.#running = undefined))
    return this.#running
  }

  close(): void {
    this.#isClosed = true
    this.#timers.close()
  }

  async #repairAll(): Promise<void> {
    while (this.#isDue && !this.#isClosed) {
      this.#isDue = false
      try {
        await repairEach(await this.#options.suspects())
      } catch (error) {
        if (this.#isClosed) return
        this.#isDue = true
        this.#options.onError(error)
        await this.#timers.pause(retryMs)
      }
    }
  }

  /** Suspects of which nothing more is heard are no longer listened to, or their last message was lost. */
  async #compare(): Promise<void> {
    const suspects = await this.#options.suspects()
    if (suspects.length === 0) return
    await this.#timers.pause(settleMs)
    const missed = suspects.filter((suspect) => suspect.isStill())
    await Promise.all([...new Set(missed.map(({ room }) => room))].map((room) => this.#options.resubscribe(room)))
    await repairEach(missed)
  }

  #later(): void {
    this.#timers.after(this.#options.compareMs, () => void this.#tick())
  }

  async #tick(): Promise<void> {
    try {
      if (this.isRepaired) await this.#compare()
    } catch (error) {
      if (!this.#isClosed) this.#options.onError(error)
    }
    if (!this.#isClosed) this.#later()
  }
}

function repairEach(suspects: readonly Suspect[]): Promise<void> {
  return eachAtOnce(suspects, width, (suspect) => suspect.repair())
}
