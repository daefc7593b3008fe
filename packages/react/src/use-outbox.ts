import type { Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { useMillrace } from './context.ts'

/**
 * The outbox of the provider, which was made for this contract: `useOutbox(chat).send(..)` keeps a request over a reload.
 * For what waits in it see `useKeptRequests`.
 *
 * @throws Error where the provider has none.
 */
export function useOutbox<C extends Contract>(_contract: C): Outbox<C> {
  const { outbox } = useMillrace()
  if (!outbox)
    throw new Error('the MillraceProvider has no outbox; give it outbox={createOutbox(client, contract, { store })}')
  return outbox as unknown as Outbox<C>
}
