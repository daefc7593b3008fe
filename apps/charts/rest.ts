import { setTimeout as pause } from 'node:timers/promises'

/** Resolves after so long, or with the signal, and keeps no process alive. */
export async function rest(delayMs: number, signal: AbortSignal): Promise<void> {
  await pause(delayMs, undefined, { ref: false, signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
