import { setTimeout as pause } from 'node:timers/promises'

/** 20 a second: fast enough that a short loss shows, slow enough to see single events. */
const periodMs = 50
/** After a fault of the store. */
const retryMs = 500
/** How many ticks, or moments without one, lie between two looks: half a second's. */
const ticksPerLook = 10

export interface TickerOptions {
  /** Whether anybody is there to hear it; asked before every tick. */
  readonly isHeard: () => boolean
  /** The newest number in the log; 0 where there is none. */
  readonly readLast: () => Promise<number>
  /** Idempotent: the same number may come again after a fault. */
  readonly publish: (n: number) => Promise<unknown>
  /** What is to be done now and then, also while nobody hears it. */
  readonly look: () => Promise<unknown>
  readonly onError: (error: unknown) => void
}

/** Publishes 1, 2, 3.. whenever somebody hears it, whatever fails meanwhile, until the signal. */
export async function runTicker(options: TickerOptions, signal: AbortSignal): Promise<void> {
  const { isHeard, readLast, publish, look, onError } = options
  let next: number | undefined
  for (let count = 0; !signal.aborted; count += 1) {
    const beganAt = performance.now()
    let untilNextMs = periodMs
    try {
      if (count % ticksPerLook === 0) await look()
      if (isHeard()) {
        next ??= (await readLast()) + 1
        await publish(next)
        next += 1
      }
    } catch (error) {
      // Whether it was stored is in the log, as soon as that can be read. One that is being stopped has no faults.
      next = undefined
      untilNextMs = retryMs
      if (!signal.aborted) onError(error)
    }
    await pause(untilNextMs - (performance.now() - beganAt), undefined, { ref: false, signal }).catch(ignore)
  }
}

/** The pause ends with the signal, which the loop asks for. */
function ignore(): void {}
