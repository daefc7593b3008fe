import type { Random } from '@millrace/contract'
import { pause, within } from '../within.ts'
import { Hold, type HoldParts } from './hold.ts'

export interface SingletonContext {
  /** Aborted before another node may begin, and when it is stopped or the server closes. End within 2 s from then on. */
  readonly signal: AbortSignal
  /**
   * Whether nobody else can run it at this moment. Ask right before an effect that must not happen twice: after its process was
   * frozen, code may run before `signal` is aborted.
   */
  readonly isHeld: () => boolean
}

/** It runs as long as there is something to do: once it has returned or thrown, it is run again after a pause. */
export type SingletonRun = (context: SingletonContext) => unknown

export interface SingletonHandle {
  /** Ends it on this node for good. Resolves when `run` has ended and the name is released, but after 2 s at the latest. */
  stop(): Promise<void>
}

export interface SingletonParts extends HoldParts {
  readonly random: Random
}

/** Between looks whether the name is free, ms; up to a quarter less, so that nodes do not look together. */
const lookMs = 2_000
const maxStopMs = 2_000
/** After a run that returned, and after the first that threw. */
const pauseMs = 1_000
const maxPauseMs = 30_000
/** A run that lasted so long is no failure to start. */
const longRunMs = 60_000

export class Singleton implements SingletonHandle {
  readonly #parts: SingletonParts
  readonly #name: string
  readonly #run: SingletonRun
  readonly #stopping = new AbortController()
  /** Settles when it runs no more, and never does again. */
  readonly ended: Promise<void>
  #stopped: Promise<void> | undefined
  #pauseMs = pauseMs

  constructor(parts: SingletonParts, name: string, run: SingletonRun) {
    this.#parts = parts
    this.#name = name
    this.#run = run
    this.ended = this.#live()
  }

  stop(): Promise<void> {
    this.#stopping.abort()
    this.#stopped ??= within(this.#parts.clock, this.ended, maxStopMs)
    return this.#stopped
  }

  async #live(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const hold = await this.#take()
      if (hold === undefined) return
      const end = (): void => hold.end()
      signal.addEventListener('abort', end)
      if (signal.aborted) hold.end()
      else await this.#runUnder(hold)
      signal.removeEventListener('abort', end)
      const isLost = hold.signal.aborted && !signal.aborted
      const released = hold.release()
      if (isLost) continue
      await released
      await this.#pause(lookMs) // the others may look first
    }
  }

  /** Undefined where it is stopped before. */
  async #take(): Promise<Hold | undefined> {
    const { random, report } = this.#parts
    const holder = random.id()
    while (!this.#stopping.signal.aborted) {
      const hold = await Hold.take(this.#parts, this.#name, holder).catch(report)
      if (hold) return hold
      await this.#pause(lookMs * (0.75 + random.fraction() / 4))
    }
    return undefined
  }

  /** The name is kept over the pause, so that the next run is not earlier on another node. */
  async #runUnder(hold: Hold): Promise<void> {
    const { clock, report } = this.#parts
    const startMs = clock.monotonic()
    let waitMs = pauseMs
    try {
      await this.#run({ signal: hold.signal, isHeld: () => hold.isHeld() })
      this.#pauseMs = pauseMs
    } catch (error) {
      if (isEndOf(hold.signal, error)) return
      report(error)
      if (clock.monotonic() - startMs >= longRunMs) this.#pauseMs = pauseMs
      waitMs = this.#pauseMs
      this.#pauseMs = Math.min(maxPauseMs, 2 * waitMs)
    }
    await pause(clock, waitMs, hold.signal)
  }

  #pause(delayMs: number): Promise<void> {
    return pause(this.#parts.clock, delayMs, this.#stopping.signal)
  }
}

/** Whether it is how code ends that was told to end. */
function isEndOf(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
}
