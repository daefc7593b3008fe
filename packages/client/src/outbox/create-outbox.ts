import type { Contract } from '@millrace/contract'
import type { Client } from '../client.ts'
import { systemClock } from '../system-clock.ts'
import { systemRandom } from '../system-random.ts'
import { assembleOutbox } from './assemble-outbox.ts'
import type { Outbox, OutboxOptions } from './outbox.ts'

/** Requests to rooms of one contract that survive a reload of the page. One per client and contract. */
export function createOutbox<C extends Contract>(client: Client, contract: C, options: OutboxOptions<C>): Outbox<C> {
  return assembleOutbox(client, contract, options, { clock: systemClock, random: systemRandom })
}
