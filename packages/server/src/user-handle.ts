import type { Contract, EventInput, EventName, EventsOf } from '@millrace/contract'

export interface UserHandle<C extends Contract> {
  /** Sends an event of the namespace to every connection of the user. */
  emit<N extends EventName<C>>(name: N, payload: EventInput<EventsOf<C>[N]>): Promise<void>
}
