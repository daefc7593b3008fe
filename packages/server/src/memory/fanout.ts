export type Receive<Message> = (message: Message) => void

/**
 * Hands every message to every receiver, in the order of `send`. A message that a receiver sends meanwhile waits until
 * the one before it reached all. Receivers never throw.
 */
export class Fanout<Message> {
  /** Replaced, never changed, so that a delivery under way is not disturbed. */
  #receivers: readonly Receive<Message>[] = []
  readonly #waiting: Message[] = []
  #isDelivering = false

  get isEmpty(): boolean {
    return this.#receivers.length === 0
  }

  add(receive: Receive<Message>): () => void {
    this.#receivers = [...this.#receivers, receive]
    return () => {
      this.#receivers = this.#receivers.filter((other) => other !== receive)
    }
  }

  send(message: Message): void {
    if (this.#isDelivering) {
      this.#waiting.push(message)
      return
    }
    this.#isDelivering = true
    this.#deliver(message)
    for (let index = 0; index < this.#waiting.length; index++) this.#deliver(this.#waiting[index] as Message)
    this.#waiting.length = 0
    this.#isDelivering = false
  }

  #deliver(message: Message): void {
    const receivers = this.#receivers
    for (let index = 0; index < receivers.length; index++) receivers[index]?.(message)
  }
}
