import { fail, type Clock, type Random } from '@millrace/contract'
import type { Cluster, Redis } from 'ioredis'
import { faultOf, isNoScript, isTimeout, messageOf } from './command-fault.ts'
import type { Script } from './lua/script.ts'
import type { Settings } from './redis-options.ts'
import { SentCommand } from './sent-command.ts'

export type RedisClient = Redis | Cluster

export type Argument = string | Buffer

/**
 * - `read`: nothing happens, whatever becomes of it.
 * - `repeatable`: a second run of it has no second effect, so it is tried again after an attempt whose fate is unknown.
 * - `once`: after such an attempt it is given up.
 */
export type Effect = 'read' | 'repeatable' | 'once'

type CreateCommand = () => SentCommand

/** Between attempts, ms; the pauses grow from the first to the second. */
const pausesMs = [20, 500] as const

/** Runs scripts within a deadline, and says honestly what became of those that failed. */
export class Commands {
  readonly client: RedisClient
  readonly #settings: Settings
  readonly #clock: Clock
  readonly #random: Random
  #pending = 0
  #pendingBytes = 0
  #answeredMs = -Infinity
  #isClosed = false

  constructor(client: RedisClient, settings: Settings, { clock, random }: { clock: Clock; random: Random }) {
    this.client = client
    this.#settings = settings
    this.#clock = clock
    this.#random = random
  }

  get isReady(): boolean {
    return !this.#isClosed && this.client.status === 'ready'
  }

  /** Whether Redis did something that it was asked within the last `withinMs`. */
  isAnswered(withinMs: number): boolean {
    return this.isReady && this.#clock.monotonic() - this.#answeredMs <= withinMs
  }

  /** What an operation of several scripts gives to each of them, so that all of it is answered within one deadline. */
  start(): number {
    return this.#clock.monotonic()
  }

  /**
   * ARGV[1] is the time; `args` follow it.
   *
   * @param startMs When the operation began.
   * @throws MillraceError `OVERLOADED`, `UNAVAILABLE` where nothing was done, `OUTCOME_UNKNOWN`.
   */
  async run(
    script: Script,
    keys: readonly string[],
    args: readonly Argument[],
    effect: Effect,
    startMs = this.start(),
  ): Promise<unknown> {
    const now = this.#settings.now?.()
    const allArgs = [now === undefined ? '' : String(now), ...args]
    const rest = [String(keys.length), ...keys, ...allArgs]
    const bytes = args.reduce((sum, arg) => sum + Buffer.byteLength(arg), 0)
    const { maxPending, maxPendingBytes } = this.#settings
    if (this.#pending >= maxPending || this.#pendingBytes + bytes > maxPendingBytes) {
      throw fail('OVERLOADED', 'too many operations wait for Redis; retry later', { retryAfterMs: 1_000 })
    }
    this.#pending++
    this.#pendingBytes += bytes
    try {
      return await this.#attempt(
        () => new SentCommand('evalsha', [script.sha, ...rest]),
        effect,
        startMs,
        () => new SentCommand('eval', [script.text, ...rest]),
      )
    } finally {
      this.#pending--
      this.#pendingBytes -= bytes
    }
  }

  close(): void {
    this.#isClosed = true
  }

  /** Sends a message once; rejects where Redis does not say that it took it. */
  async sendOnce(channel: string, message: string): Promise<void> {
    await this.client.sendCommand(new SentCommand('spublish', [channel, message]))
    this.#answeredMs = this.#clock.monotonic()
  }

  /** A plain command. Answers in text. */
  call(name: string, args: readonly Argument[], effect: Effect): Promise<unknown> {
    return this.#attempt(() => new SentCommand(name, [...args], { replyEncoding: 'utf8' }), effect, this.start())
  }

  /**
   * Tries until it succeeds, the deadline has passed, or trying again might do it twice.
   *
   * @param otherwise Makes the command to send where Redis does not know the script.
   */
  async #attempt(create: CreateCommand, effect: Effect, startMs: number, otherwise?: CreateCommand): Promise<unknown> {
    const { deadlineMs, commandTimeoutMs } = this.#settings
    let isUnknown = false
    for (let attempt = 0; ; attempt++) {
      let leftMs = startMs + deadlineMs - this.#clock.monotonic()
      let command = create()
      let cause: unknown
      try {
        let reply: unknown
        try {
          if (leftMs < commandTimeoutMs) command.setTimeout(Math.max(0, leftMs))
          reply = await this.client.sendCommand(command)
        } catch (error) {
          if (otherwise === undefined || !isNoScript(error)) throw error
          command = otherwise()
          leftMs = startMs + deadlineMs - this.#clock.monotonic()
          if (leftMs < commandTimeoutMs) command.setTimeout(leftMs)
          reply = await this.client.sendCommand(command)
        }
        this.#answeredMs = this.#clock.monotonic()
        return reply
      } catch (error) {
        cause = error
        // One that had less time says nothing about its connection.
        if (isTimeout(error) && leftMs >= commandTimeoutMs) command.doubtConnection()
        const fault = faultOf(error, command.wasWritten)
        isUnknown ||= effect !== 'read' && fault !== 'refused'
        if (fault === 'failed') throw outcomeOf(isUnknown, cause)
      }
      const pauseMs = Math.min(pausesMs[1], pausesMs[0] * 2 ** attempt) * (0.5 + this.#random.fraction() / 2)
      const isLate = this.#clock.monotonic() + pauseMs - startMs >= deadlineMs
      if (isLate || this.#isClosed || (isUnknown && effect === 'once')) throw outcomeOf(isUnknown, cause)
      await new Promise<void>((resolve) => this.#clock.after(pauseMs, resolve))
    }
  }
}

function outcomeOf(isUnknown: boolean, cause: unknown): Error {
  const reason = messageOf(cause)
  return isUnknown
    ? fail('OUTCOME_UNKNOWN', `Redis was asked but did not answer (${reason}); retry with the same key`, { cause })
    : fail('UNAVAILABLE', `Redis did nothing (${reason}); retry later`, { cause })
}
