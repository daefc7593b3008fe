import type { Cancel, Clock } from '@millrace/contract'
import type { Redis } from 'ioredis'
import { messageOf } from './command-fault.ts'
import { SubscriptionHealth, type HealthTiming } from './subscription-health.ts'

export interface LifeParts {
  readonly client: Redis
  readonly clock: Clock
  readonly timing: HealthTiming
  /** Lives on the same server as every channel of this connection. */
  readonly probeChannel: string
  readonly receive: (channel: Buffer, message: Buffer, nowMs: number) => void
  /** Sends a probe on another connection; resolves once Redis took it. */
  readonly probe: (channel: string) => Promise<unknown>
}

/** One subscription connection, from its opening to its end: it breaks, or it turns out to be deaf. */
export class SubscriberLife {
  /** Resolves with the reason. */
  readonly ended: Promise<Error>
  readonly #parts: LifeParts
  readonly #health: SubscriptionHealth
  #cancel: Cancel | undefined
  #reason: Error | undefined
  #resolve: (reason: Error) => void = () => undefined

  constructor(parts: LifeParts) {
    this.#parts = parts
    this.#health = new SubscriptionHealth(parts.timing)
    const { client, clock, receive } = parts
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve
    })
    client.on('smessageBuffer', (channel: Buffer, message: Buffer) => {
      const nowMs = clock.monotonic()
      this.#health.heard(nowMs)
      if (this.#reason === undefined) receive(channel, message, nowMs)
    })
    client.on('close', () => this.#end(new Error('a subscription connection to Redis broke; another one is opened')))
    // Also where Redis said a word that nobody had asked for: it ended a subscription, since the slot has moved away.
    client.on('error', (error: unknown) => this.fail(error))
  }

  /** Why it ended, once it did. */
  get reason(): Error | undefined {
    return this.#reason
  }

  /** Connects and proves that it delivers. */
  async begin(): Promise<void> {
    await this.#parts.client.connect()
    await this.subscribe(this.#parts.probeChannel)
    const { client, clock, timing } = this.#parts
    let hasArrived = false
    const arrived = new Promise<void>((resolve) => {
      client.once('smessageBuffer', () => {
        hasArrived = true
        resolve()
      })
    })
    await this.#probe()
    // After a pause of this process, what it waits for may lie in the socket: that is read before deferred work.
    const look = (): void => void (hasArrived || this.fail('it delivers nothing'))
    this.#cancel = clock.after(timing.deadlineMs, () => clock.defer(look))
    await Promise.race([arrived, this.ended])
    this.#cancel()
    if (this.#reason !== undefined) throw this.#reason
  }

  /** From now on it is probed. */
  watch(): void {
    if (this.#reason !== undefined) return
    const { clock } = this.#parts
    const step = this.#health.step(clock.monotonic())
    if (step.kind === 'replace') this.fail('it delivers nothing')
    else if (step.kind === 'wait') this.#cancel = clock.after(step.ms, () => this.watch())
    else void this.#probe().then(() => this.watch())
  }

  isHealthy(nowMs: number): boolean {
    return this.#reason === undefined && this.#health.isHealthy(nowMs)
  }

  async subscribe(channel: string): Promise<void> {
    await this.#parts.client.ssubscribe(channel)
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#parts.client.sunsubscribe(channel)
  }

  /** It cannot be used any more. */
  fail(error: unknown): void {
    this.#end(new Error(`a subscription connection to Redis failed (${messageOf(error)}); another one is opened`))
  }

  close(): void {
    this.#cancel?.()
    this.#end(new Error('the subscription connection was closed'))
    this.#parts.client.disconnect()
  }

  /** The first reason is the one that says why. */
  #end(reason: Error): void {
    this.#reason ??= reason
    this.#resolve(this.#reason)
  }

  async #probe(): Promise<void> {
    const { clock, probe, probeChannel } = this.#parts
    this.#health.probed(clock.monotonic())
    try {
      await probe(probeChannel)
      this.#health.answered(clock.monotonic())
    } catch {
      // It is missed at its deadline.
    }
  }
}
