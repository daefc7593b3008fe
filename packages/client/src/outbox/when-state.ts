import type { ClientState } from '../client-state.ts'
import type { Off } from '../listeners.ts'

export interface Stateful {
  readonly state: ClientState
  onState(listener: (state: ClientState) => unknown): Off
}

/** Resolves when the client is in such a state, at once where it is; or when the signal aborts. */
export function whenState(
  client: Stateful,
  isIt: (state: ClientState['state']) => boolean,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!signal.aborted && !isIt(client.state.state)) return
      off()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const off = client.onState(look)
    signal.addEventListener('abort', look)
    look()
  })
}
