import { fail, type Cancel, type Random, type WireHello } from '@millrace/contract'
import { transition, type ClientState } from './client-state.ts'
import { fetchCredentials, type Auth } from './credentials.ts'
import { Line, type LineContext } from './line.ts'
import { nextAttemptMs, type Failure, type ReconnectPolicy } from './next-attempt.ts'
import type { Participant } from './participant.ts'

export interface ConnectionOptions extends LineContext {
  readonly random: Random
  readonly auth: Auth | undefined
  readonly reconnect: ReconnectPolicy
  /** For an attempt that begins with WebSocket, ms. */
  readonly connectTimeoutMs: number
  readonly transports: readonly ('websocket' | 'polling')[]
}

/** A connection that ends sooner was no success: the pauses between attempts go on growing. */
const heldAfterMs = 1_000
/** For `auth` to answer, and for an attempt that begins with polling, ms. Socket.IO's own connect timeout. */
const slowDeadlineMs = 20_000

/** Keeps one connection to the server, whatever happens to it. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #onState: (state: ClientState) => void
  readonly #participants = new Set<Participant>()
  #state: ClientState = { state: 'idle' }
  #line: Line | undefined
  #timer: Cancel | undefined
  #failed = 0
  #isAuthFresh = false
  #openedAt: number | undefined
  #first: 'websocket' | 'polling'
  /** Which dial is the current one; what an earlier one still brings is ignored. */
  #dial = 0

  constructor(options: ConnectionOptions, onState: (state: ClientState) => void) {
    this.#options = options
    this.#onState = onState
    this.#first = options.transports[0] ?? 'websocket'
  }

  get state(): ClientState {
    return this.#state
  }

  /** A namespace that is there from now on, on this connection and every later one. */
  add(participant: Participant): void {
    this.#participants.add(participant)
    this.#line?.open(participant)
  }

  /** Begins to connect, unless that is under way. */
  start(): void {
    if (this.#state.state !== 'idle' && this.#state.state !== 'gave-up') return
    this.#isAuthFresh = false
    this.#begin(1)
  }

  /** The machine may have slept, or the network is back. */
  woke(): void {
    if (this.#state.state === 'waiting') this.#begin(this.#state.attempt)
    else if (this.#state.state === 'connected') this.#line?.verify()
  }

  close(): void {
    this.#timer?.()
    this.#dial += 1
    this.#line?.close()
    this.#line = undefined
    this.#apply({ state: 'closed' })
  }

  #apply(event: ClientState): void {
    const next = transition(this.#state, event)
    if (next === this.#state) return
    this.#state = next
    this.#onState(next)
  }

  #begin(attempt: number): void {
    this.#timer?.()
    this.#failed = attempt - 1
    this.#openedAt = undefined
    const dial = ++this.#dial
    this.#apply({ state: 'connecting', attempt })
    const { auth, clock } = this.#options
    const late = new Promise<never>((_resolve, reject) => {
      this.#timer = clock.after(slowDeadlineMs, () => reject(fail('TIMEOUT', 'no answer in time')))
    })
    Promise.race([fetchCredentials(auth), late]).then(
      (fetched) => dial === this.#dial && this.#open(fetched),
      (thrown: unknown) => dial === this.#dial && this.#authFailed(thrown),
    )
  }

  #authFailed(thrown: unknown): void {
    this.#options.report(thrown)
    const message = `auth() failed, and is called again: ${String(thrown)}`
    this.#ended({ reason: { code: 'UNAUTHENTICATED', message }, reconnect: 'backoff' })
  }

  #open(auth: Readonly<Record<string, unknown>>): void {
    this.#timer?.()
    const deadlineMs = this.#canFallBack ? this.#options.connectTimeoutMs : slowDeadlineMs
    const line = new Line(
      this.#options,
      { first: this.#first, deadlineMs, auth },
      { opened: (hello) => this.#opened(hello), ended: (failure) => this.#lineEnded(failure, auth) },
    )
    this.#line = line
    for (const participant of this.#participants) line.open(participant)
  }

  /** Where WebSocket is tried first, and polling may be. */
  get #canFallBack(): boolean {
    return this.#first === 'websocket' && this.#options.transports.indexOf('polling') > 0
  }

  #opened(hello: WireHello): void {
    this.#openedAt = this.#options.clock.monotonic()
    this.#apply({ state: 'connected', node: hello.node, connection: hello.connection })
  }

  #lineEnded(failure: Failure, auth: Readonly<Record<string, unknown>>): void {
    this.#line = undefined
    if (failure.isSilent && this.#canFallBack) {
      this.#first = 'polling'
      return this.#open(auth)
    }
    if (this.#openedAt === undefined) this.#first = this.#options.transports[0] ?? 'websocket'
    this.#ended(failure)
  }

  #ended(failure: Failure): void {
    const hasHeld = this.#openedAt !== undefined && this.#options.clock.monotonic() - this.#openedAt >= heldAfterMs
    if (hasHeld) this.#isAuthFresh = false
    const failed = hasHeld ? 0 : this.#failed + 1
    const { reason, reconnect } = failure
    const retryInMs = nextAttemptMs(
      failure,
      { failed, isAuthFresh: this.#isAuthFresh },
      this.#options.reconnect,
      this.#options.random,
    )
    if (retryInMs === undefined) return this.#apply({ state: 'gave-up', reason })
    if (reconnect === 'after-auth') this.#isAuthFresh = true
    const attempt = failed + 1
    this.#timer = this.#options.clock.after(retryInMs, () => this.#begin(attempt))
    this.#apply({ state: 'waiting', attempt, retryInMs, reason })
  }
}
