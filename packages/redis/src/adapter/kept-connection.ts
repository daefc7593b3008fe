import type { StoreContext } from '@millrace/server'
import type { Redis } from 'ioredis'

/** How long a connection may take to become useful, and then to answer a question, ms. */
const patienceMs = 4_000
/** How long it is looked for in the socket after that, ms. */
const lookMs = 500
/** Between two questions whether it still answers, ms. With `patienceMs` it is replaced within 10 s of falling silent. */
const pauseMs = 3_000
/** Between two attempts, ms; the pauses grow from the first to the second. */
const pausesMs = [50, 2_000] as const

export interface ConnectionKind {
  /** Undefined where no node is known at the moment. */
  readonly open: () => Redis | undefined
  /** Makes a new connection what it is for. */
  readonly prepare: (redis: Redis) => Promise<unknown>
  /** There is one again. */
  readonly onReady: (redis: Redis) => void
  readonly onLost: (reason: unknown) => void
}

/** A connection that is thrown away when in doubt, and opened anew: to any node of a cluster, to the master that Sentinel names. */
export class KeptConnection {
  readonly #kind: ConnectionKind
  readonly #context: Pick<StoreContext, 'clock' | 'random'>
  /** The one under way, or in use. */
  #redis: Redis | undefined
  #isReady = false
  #failures = 0
  #isClosed = false
  /** Of the one timer that runs. */
  #cancel: () => void = () => undefined

  constructor(kind: ConnectionKind, context: Pick<StoreContext, 'clock' | 'random'>) {
    this.#kind = kind
    this.#context = context
    this.#connect()
  }

  /** Undefined while there is none to rely on. */
  get ready(): Redis | undefined {
    return this.#isReady ? this.#redis : undefined
  }

  /** Opens another one. */
  replace(reason: unknown): void {
    if (this.#redis) this.#lose(this.#redis, reason)
  }

  close(): void {
    this.#isClosed = true
    this.#isReady = false
    this.#cancel()
    this.#redis?.disconnect()
  }

  #connect(): void {
    const redis = this.#kind.open()
    this.#redis = redis
    if (redis === undefined) return this.#retry()
    let lastError: unknown = new Error('Redis closed the connection')
    redis.on('error', (error) => (lastError = error))
    redis.once('end', () => this.#lose(redis, lastError))
    redis.once('ready', () => {
      this.#kind.prepare(redis).then(
        () => this.#begin(redis),
        (error: unknown) => this.#lose(redis, error),
      )
    })
    this.#giveUp(redis, new Error('Redis takes too long'))
  }

  #begin(redis: Redis): void {
    if (redis !== this.#redis || this.#isClosed) return
    this.#isReady = true
    this.#failures = 0
    this.#ask(redis)
    this.#kind.onReady(redis)
  }

  #ask(redis: Redis): void {
    this.#giveUp(redis, new Error('Redis does not answer'))
    redis.ping().then(
      () => {
        if (redis === this.#redis) this.#setTimer(pauseMs, () => this.#ask(redis))
      },
      (error: unknown) => this.#lose(redis, error),
    )
  }

  /** Unless another timer is set before. After a pause of this process, what it waits for may lie in the socket. */
  #giveUp(redis: Redis, reason: Error): void {
    const look = (): void => this.#setTimer(lookMs, () => this.#lose(redis, reason))
    this.#setTimer(patienceMs, () => this.#setDeferred(look))
  }

  #lose(redis: Redis, reason: unknown): void {
    if (redis !== this.#redis || this.#isClosed) return
    this.#redis = undefined
    this.#isReady = false
    redis.disconnect()
    this.#kind.onLost(reason)
    this.#retry()
  }

  #retry(): void {
    const limitMs = Math.min(pausesMs[1], pausesMs[0] * 2 ** this.#failures++)
    this.#setTimer(limitMs * (0.5 + this.#context.random.fraction() / 2), () => this.#connect())
  }

  #setTimer(delayMs: number, run: () => void): void {
    this.#cancel()
    if (!this.#isClosed) this.#cancel = this.#context.clock.after(delayMs, run)
  }

  #setDeferred(run: () => void): void {
    let isCancelled = false
    this.#cancel = () => void (isCancelled = true)
    this.#context.clock.defer(() => {
      if (!isCancelled) run()
    })
  }
}
