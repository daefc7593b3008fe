import type { Bus, BusMessage } from '../ports/bus.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { Fanouts } from './fanouts.ts'
import type { Opening } from './opening.ts'

export class MemoryBus implements Bus {
  readonly #subjects: Fanouts<BusMessage>
  readonly #opening: Opening

  constructor(subjects: Fanouts<BusMessage>, opening: Opening) {
    this.#subjects = subjects
    this.#opening = opening
  }

  /** At most once: a closed node's messages go nowhere. */
  publish(subject: string, message: BusMessage): void {
    if (this.#opening.isOpen) this.#subjects.send(subject, message)
  }

  async subscribe(subject: string, listener: (message: BusMessage) => void): Promise<Subscription> {
    return this.#opening.subscribe(this.#subjects, subject, listener)
  }
}
