import type { ClientState } from '@millrace/client'
import { useCallback, useSyncExternalStore } from 'react'
import { useClient } from './use-client.ts'

const idle: ClientState = { state: 'idle' }

/** The state of the connection, with its data: `connected`, `waiting` for another attempt, `gave-up` .. */
export function useConnection(): ClientState {
  const client = useClient()
  const subscribe = useCallback((changed: () => void) => client.onState(changed), [client])
  return useSyncExternalStore(
    subscribe,
    () => client.state,
    () => idle,
  )
}
