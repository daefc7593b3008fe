import { closeReason, fail, guardWire, parse, versionedName } from '@millrace/contract'
import { countBytes } from '../has-bytes.ts'
import { eventRefusal } from '../event-refusal.ts'
import type { Node } from '../node.ts'
import { untilTaken } from './backlog.ts'
import type { UserLike } from './connection.ts'
import { maxAttachments } from './max-attachments.ts'
import type { Peer } from './peer.ts'
import { readAnswer } from './read-answer.ts'

/** One connection in one namespace, as handlers see it. */
export class ConnectionHandle {
  readonly #peer: Peer
  readonly #node: Node

  constructor(peer: Peer, node: Node) {
    this.#peer = peer
    this.#node = node
  }

  get id(): string {
    return this.#peer.connection.id
  }

  get user(): UserLike {
    return this.#peer.connection.user
  }

  /** The client's IP address; behind a proxy only with `trustProxy`. */
  get address(): string {
    return this.#peer.connection.handshake.address
  }

  /** Aborted when the connection ends. */
  get signal(): AbortSignal {
    return this.#peer.signal
  }

  /**
   * Sends an event of the namespace to this connection.
   *
   * @throws MillraceError `UNKNOWN_EVENT` or `INVALID_INPUT`.
   */
  async emit(name: string, payload: unknown): Promise<void> {
    const entry = this.#peer.namespace.events.get(name)
    if (entry === undefined) throw fail('UNKNOWN_EVENT', `${this.#peer.namespace.name} declares no event "${name}"`)
    const parsed = await parse(entry.payload, payload, `payload of ${name}`)
    if (!parsed.ok) throw parsed.error
    const refusal = eventRefusal(payload, entry, this.#node.limits)
    if (refusal) throw refusal
    this.#peer.link.send(versionedName(name, entry.version), payload)
  }

  /**
   * Asks the client a question of the contract and waits for its answer.
   *
   * @returns The parsed answer.
   * @throws MillraceError `TIMEOUT` after `timeoutMs` (default 10,000), `DISCONNECTED`, or what the client's answer is:
   *   `INVALID_INPUT` or `PAYLOAD_TOO_LARGE` where it does not fit, an error that the question declares, or `INTERNAL`.
   */
  async ask(name: string, input: unknown, options: { readonly timeoutMs?: number } = {}): Promise<unknown> {
    const entry = this.#peer.namespace.questions.get(name)
    if (entry === undefined) throw fail('UNKNOWN_EVENT', `${this.#peer.namespace.name} declares no question "${name}"`)
    const parsed = await parse(entry.input, input, `input of ${name}`)
    if (!parsed.ok) throw parsed.error
    const refusal = guardWire(input, this.#node.limits)
    if (refusal) throw refusal
    if (countBytes(input) > maxAttachments)
      throw fail('PAYLOAD_TOO_LARGE', `a question holds at most ${maxAttachments} values of bytes; put them into one`)
    const answer = await this.#peer.link.ask(versionedName(name, entry.version), input, options.timeoutMs ?? 10_000)
    return readAnswer(entry, name, answer, this.#node.limits)
  }

  /** Resolves once the connection takes an answer: at once, unless it is slow. Also where it has ended; see `signal`. */
  taken(): Promise<void> {
    return untilTaken(this.#node, this.#peer)
  }

  /** Ends the connection, in all its namespaces; the client does not come back by itself. */
  close(): void {
    this.#peer.connection.close(closeReason('KICKED'))
  }
}
