import type { Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { useMillrace } from './context.ts'

/**
 * The outbox of the provider: `useOutbox(chat).send(..)` keeps a request over a reload. For what waits in it see
 * `useKeptRequests`.
 *
 * @throws Error while rendering, where the provider has none, or one of another contract.
 */
export function useOutbox<C extends Contract>(contract: C): Outbox<C> {
  const { outbox } = useMillrace()
  if (outbox?.contract === contract) return outbox as unknown as Outbox<C>
  const fault = outbox
    ? `the outbox of the MillraceProvider is for ${outbox.contract.namespace}`
    : 'the MillraceProvider has no outbox'
  throw new Error(`${fault}; give it outbox={createOutbox(client, contract, { store })} of ${contract.namespace}`)
}
