import type { KeptRequest } from '@millrace/client/outbox'

/** One row of a history. The same object until something of it changes, so that a memoised component is not rendered. */
export interface Row<V> {
  readonly id: string
  readonly value: V
  /** `stored`: as the server has it. `pending`: as it will be when a request has its answer. `failed`: see the request's error. */
  readonly state: 'stored' | 'pending' | 'failed'
  /** The kept request that made it, or changed it last. */
  readonly request?: KeptRequest
}
