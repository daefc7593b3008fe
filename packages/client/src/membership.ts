import {
  wireNames,
  type Cancel,
  type MillraceError,
  type Position,
  type WireJoin,
  type WireJoined,
} from '@millrace/contract'
import { backoffMs } from './backoff.ts'
import { misfit } from './faults.ts'
import type { Host } from './host.ts'
import { readJoined, type Joined } from './read-joined.ts'
import type { NamespaceSocket } from './transport.ts'
import { isFinal, readAnswer } from './outcome.ts'

/** The room that a membership is about. */
export interface MembershipRoom {
  /** For messages, for example `room conversation`. */
  readonly what: string
  /** The argument of `~join`. */
  describe(): WireJoin
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
      const left = () => {
        this.#leaving.delete(left)
        resolve()
      }
      this.#leaving.add(left)
      socket.emit(wireNames.leave, { room: handle }, left)
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
    for (const left of this.#leaving) left()
  }

  /** Something of the room came; did it continue the position? Otherwise nothing of it was taken in. */
  continued(isNext: boolean): void {
    if (isNext) {
      this.#failed = 0
      return
    }
    this.#host.protocolError(`what came of ${this.#room.what} does not follow; the client recovers`)
    this.#exit()
    if (this.#failed > 0) return this.#askLater(0)
    this.#failed = 1
    this.#ask()
  }

  /** The room is over, by the server's word. */
  expel(error: MillraceError): void {
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
    const join = this.#room.describe()
    socket.emit(wireNames.join, join, (value) => {
      const answer = readAnswer(value, this.#room.what)
      if (asked === this.#asked) {
        if (answer.ok) this.#answered(answer.data, join.position)
        else this.#refused(answer.error)
      } else if (answer.ok && !this.#isWanted) {
        socket.emit(wireNames.leave, { room: (answer.data as WireJoined).room })
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
    if (!joined) return this.#refused(misfit('INTERNAL', `the answer of ${this.#room.what}`))
    this.#hasEntered = true
    this.#handle = joined.room
    this.#room.entered(joined.room, joined)
  }

  /** A first join tells its caller; a later one goes on trying wherever that may help. */
  #refused(error: MillraceError): void {
    if (this.#hasEntered && !isFinal(error)) this.#askLater(error.retryAfterMs ?? 0)
    else this.expel(error)
  }
}
