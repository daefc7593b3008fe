import type { NamespaceClient } from '@millrace/client'
import type { Contract } from '@millrace/contract'
import { useClient } from './use-client.ts'

/** One contract of the provider's client, for requests, events and questions outside of rooms. Connects nothing by itself. */
export function useNamespace<C extends Contract>(contract: C): NamespaceClient<C> {
  return useClient().use(contract)
}
