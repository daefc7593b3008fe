import { fail, wireNames, type Cancel, type MillraceError, type Position, type StatePosition, type WireJoin, type WireJoined } from '@millrace/contract'
import { backoffMs } from './backoff.ts'
import type { Host } from './host.ts'
import { readJoined, type Joined } from './read-joined.ts'
import type { NamespaceSocket } from './transport.ts'
import { readAnswer, readWireError } from './wire-failure.ts'

/** The room that a membership is about. */
export interface MembershipRoom {
  /** For messages, for example `room conversation`. */
  readonly what: string
  position(): Position | undefined
  /** The argument of `~join`, without the position. */
  describe(): WireJoin & { readonly state?: StatePosition }
  /** Events of this handle belong to the room now. */
  entered(handle: number, answer: Joined): void
  /** They do not any more; the room may enter again. */
  exited(handle: number): void
  /** The server will not have this client back. */
  expelled(error: MillraceError): void
}

/** Keeps a client in a room, from `want` to `leave`, over reconnects and faults. */
export class Membership {
  readonly #host: Host
  readonly #room: MembershipRoom
  readonly #leaving = new Set<() => void>()
  #isWanted = false
  #hasEntered = false
  #socket: NamespaceSocket | undefined
  #handle: number | undefined
  #timer: Cancel | undefined
  /** Which `~join` is the current one; answers to earlier ones are not entered. */
  #asked = 0
  #failed = 0

  constructor(host: Host, room: MembershipRoom) {
    this.#host = host
    this.#room = room
  }

  get isWanted(): boolean {
    return this.#isWanted
  }

  get isIn(): boolean {
    return this.#handle !== undefined
  }

  want(): void {
    this.#isWanted = true
    this.#hasEntered = false
    this.#failed = 0
    if (this.#socket) this.#ask()
  }

  /** Resolves once the server knows, or the connection is over. */
  leave(): Promise<void> {
    const handle = this.#handle
    const socket = this.#socket
    this.#stop()
    if (handle === undefined || !socket) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        cancel()
        this.#leaving.delete(done)
        resolve()
      }
      const cancel = this.#host.clock.after(this.#host.requestTimeoutMs, done)
      this.#leaving.add(done)
      socket.emit(wireNames.leave, { room: handle }, done)
    })
  }

  opened(socket: NamespaceSocket): void {
    this.#socket = socket
    this.#failed = 0
    if (this.#isWanted) this.#ask()
  }

  lost(): void {
    this.#socket = undefined
    this.#exit()
    for (const done of this.#leaving) done()
  }

  /** What came does not continue the position. */
  broken(what: string): void {
    this.#host.protocolError(`${what} of ${this.#room.what} did not continue the position; the client recovers`)
    this.#exit()
    if (this.#failed > 0) return this.#askLater(0)
    this.#failed = 1
    this.#ask()
  }

  /** What came continues the position. */
  progressed(): void {
    this.#failed = 0
  }

  kicked(error: MillraceError): void {
    this.#stop()
    this.#room.expelled(error)
  }

  #stop(): void {
    this.#isWanted = false
    this.#exit()
  }

  #exit(): void {
    this.#timer?.()
    this.#asked += 1
    const handle = this.#handle
    this.#handle = undefined
    if (handle !== undefined) this.#room.exited(handle)
  }

  #ask(): void {
    const socket = this.#socket
    if (!socket) return
    this.#timer?.()
    const asked = ++this.#asked
    const position = this.#room.position()
    const join: WireJoin = { ...this.#room.describe(), ...(position ? { position } : {}) }
    this.#timer = this.#host.clock.after(this.#host.requestTimeoutMs, () => this.#askLater(0))
    socket.emit(wireNames.join, join, (value) => {
      const answer = readAnswer(value)
      if (asked === this.#asked) {
        this.#timer?.()
        if (answer?.ok) this.#answered(answer.data, position)
        else this.#refused(readWireError(answer?.error, `${this.#room.what} could not be joined`))
      } else if (answer?.ok && !this.#isWanted && socket === this.#socket) {
        socket.emit(wireNames.leave, { room: (answer.data as WireJoined).room }, () => {})
      }
    })
  }

  #askLater(leastMs: number): void {
    this.#exit()
    this.#failed += 1
    const delayMs = leastMs + backoffMs(this.#failed, this.#host.random, this.#host.backoff)
    this.#timer = this.#host.clock.after(delayMs, () => this.#ask())
  }

  #answered(data: unknown, sent: Position | undefined): void {
    const joined = readJoined(data, sent)
    if (!joined) return this.#refused(fail('INTERNAL', `the answer to ~join of ${this.#room.what} is malformed; update the older side`))
    this.#hasEntered = true
    this.#handle = joined.room
    this.#room.entered(joined.room, joined)
  }

  /** A first join tells its caller; a later one goes on trying wherever that may help. */
  #refused(error: MillraceError): void {
    if (this.#hasEntered && error.rule.retry !== 'never') this.#askLater(error.retryAfterMs ?? 0)
    else this.kicked(error)
  }
}
