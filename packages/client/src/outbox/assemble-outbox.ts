import type { Clock, Contract, Random } from '@millrace/contract'
import type { Client } from '../client.ts'
import type { NamespaceCore } from '../namespace-core.ts'
import { OutboxCore } from './outbox-core.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'

export interface OutboxParts {
  readonly clock: Clock
  readonly random: Random
}

/** An outbox with a clock and randomness of the caller's choice; `createOutbox` brings those of the machine. */
export function assembleOutbox<C extends Contract>(
  client: Client,
  contract: C,
  { store, joins = {}, maxRequests = 1_000, maxBytes = 16_000_000, onError }: OutboxOptions<C>,
  { clock, random }: OutboxParts,
): Outbox<C> {
  const namespace = client.use(contract) as unknown as NamespaceCore
  const limits = { maxRequests, maxBytes }
  return new OutboxCore({ client, namespace, store, joins, limits, onError, clock, random }) as unknown as Outbox<C>
}
