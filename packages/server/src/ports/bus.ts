import type { Payload, Subscription } from './event-log.ts'

/** A message between nodes. `head` is small JSON; the payload travels beside it as it is. */
export interface BusMessage {
  readonly head: string
  readonly payload: Payload
}

/** At most once, to every node that subscribes to the subject, the sender's own included. */
export interface Bus {
  publish(subject: string, message: BusMessage): void
  subscribe(subject: string, listener: (message: BusMessage) => void): Promise<Subscription>
}
