import type { Clock } from '@millrace/contract'
import type { Stateful } from './when-state.ts'

export interface Pause {
  readonly ms: number
  /** Whether a new connection is a reason to go on at once. */
  readonly endsWithConnection: boolean
}

/** Resolves when the pause is over, or the signal aborts. */
export function pause(
  clock: Clock,
  client: Stateful,
  { ms, endsWithConnection }: Pause,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel()
      off()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.after(ms, end)
    const off = client.onState(({ state }) => {
      if (endsWithConnection && state === 'connected') end()
    })
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
