import type { KeptRequestOf } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { useCallback, useSyncExternalStore } from 'react'
import { useOutbox } from './use-outbox.ts'

/** What has no answer yet, oldest first, failed requests included: for a count, or a list of what waits. */
export function useKeptRequests<C extends Contract>(contract: C): readonly KeptRequestOf<C>[] {
  const outbox = useOutbox(contract)
  const subscribe = useCallback((changed: () => void) => outbox.on('change', changed), [outbox])
  const read = () => outbox.requests()
  return useSyncExternalStore(subscribe, read, read)
}
