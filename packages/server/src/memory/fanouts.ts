import { Fanout, type Receive } from './fanout.ts'

/** One fanout per subject that somebody listens to. */
export class Fanouts<Message> {
  readonly #bySubject = new Map<string, Fanout<Message>>()

  /** Those that somebody listens to. */
  get subjects(): string[] {
    return [...this.#bySubject.keys()]
  }

  has(subject: string): boolean {
    return this.#bySubject.has(subject)
  }

  send(subject: string, message: Message): void {
    this.#bySubject.get(subject)?.send(message)
  }

  add(subject: string, receive: Receive<Message>): () => void {
    let fanout = this.#bySubject.get(subject)
    if (fanout === undefined) this.#bySubject.set(subject, (fanout = new Fanout()))
    const remove = fanout.add(receive)
    return () => {
      remove()
      if (fanout.isEmpty && this.#bySubject.get(subject) === fanout) this.#bySubject.delete(subject)
    }
  }
}
