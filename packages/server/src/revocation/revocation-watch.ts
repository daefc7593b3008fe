import { closeReason, fail, type Cancel, type Clock } from '@millrace/contract'
import type { Connection } from '../connection/connection.ts'
import type { Connections } from '../connection/connections.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { RevocationNews } from '../ports/revocations.ts'
import type { Store } from '../ports/store.ts'
import { Attempts, type Attempt } from './attempts.ts'
import { lostIn, OwnRevocations } from './own-revocations.ts'

/** A message on this subject says that there is something to read. */
const subject = 'revocations'
/** With the 10 s that a store takes to answer at most, what is revoked is heard of within 30 s. */
const sweepMs = 20_000
/** After a read that failed. */
const againMs = 2_000

export interface WatchParts {
  readonly clock: Clock
  readonly store: Pick<Store, 'revocations' | 'bus'>
  readonly report: (error: unknown) => void
  readonly failClosedAfterMs: number
  readonly connections: Pick<Connections, 'all'>
  /** Ends a connection whose user was revoked. */
  readonly end: (connection: Connection) => void
}

/**
 * Reads the list of revocations whenever a node says that it is longer, and every 20 s. What it reads is new to it, so that every
 * connection that it has, and every authentication under way, of a user who is listed is older than its revocation, or was
 * made before this node had heard of it.
 */
export class RevocationWatch {
  readonly #parts: WatchParts
  readonly #attempts = new Attempts()
  readonly #own = new OwnRevocations()
  /** The newest version that was read. */
  #version = 0
  /** When the last read that succeeded began, monotonic ms. */
  #readAt = 0
  #isReading = false
  #isRung = false
  /** Whether the next read looks for what the store lost, too. */
  #isSweep = false
  #isFailedClosed = false
  #isClosed = false
  #subscription: Subscription | undefined
  #cancelSweep: Cancel | undefined
  #cancelDeadline: Cancel | undefined

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  /** @throws MillraceError where the store does not answer. */
  async open(): Promise<void> {
    const { clock, store } = this.#parts
    this.#readAt = clock.monotonic()
    this.#subscription = await store.bus.subscribe(subject, () => this.#ring())
    this.#version = (await store.revocations.since()).version
    this.#sweepAfter(sweepMs)
    this.#watchDeadline()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancelSweep?.()
    this.#cancelDeadline?.()
    await this.#subscription?.close()
  }

  /** False while the node has closed its connections because it cannot read the list. */
  get isTrusted(): boolean {
    return !this.#isFailedClosed
  }

  /** @throws MillraceError `INVALID_INPUT`, `UNAVAILABLE` or `OUTCOME_UNKNOWN`. */
  async revoke(userId: string): Promise<void> {
    const { clock, store } = this.#parts
    const version = await addRevocation(store, userId)
    this.#own.add(userId, version, clock.monotonic())
  }

  /** Before the credentials are looked at. @throws MillraceError `UNAVAILABLE`. */
  begin(): Attempt {
    this.#assertTrusted()
    return this.#attempts.begin()
  }

  /** In the step in which the connection is added. @throws MillraceError `UNAUTHENTICATED`. */
  assertGood(attempt: Attempt, userId: string): void {
    this.#assertTrusted()
    if (this.#attempts.isRevoked(attempt, userId))
      throw fail('UNAUTHENTICATED', 'the session was revoked while it was authenticated; sign in again')
  }

  end(attempt: Attempt): void {
    this.#attempts.end(attempt)
  }

  #assertTrusted(): void {
    if (this.#isFailedClosed)
      throw fail('UNAVAILABLE', 'this node cannot find out who was signed out; connect again later')
  }

  #ring(): void {
    this.#isRung = true
    if (!this.#isReading) void this.#read()
  }

  /** One at a time: what is rung meanwhile is read by the next one. */
  async #read(): Promise<void> {
    const { clock, report } = this.#parts
    this.#isReading = true
    this.#cancelSweep?.()
    let pauseMs = sweepMs
    try {
      while (this.#isRung && !this.#isClosed) {
        this.#isRung = false
        const startMs = clock.monotonic()
        await this.#readOnce(startMs)
        this.#readAt = startMs
        this.#isFailedClosed = false
      }
    } catch (error) {
      if (!this.#isClosed) report(error)
      pauseMs = againMs
    }
    this.#isReading = false
    this.#sweepAfter(pauseMs)
    this.#watchDeadline()
  }

  async #readOnce(now: number): Promise<void> {
    const { store } = this.#parts
    const made = this.#isSweep ? this.#own.recent(now) : []
    this.#isSweep = false
    const news = await store.revocations.since(Math.min(this.#version, (made[0]?.version ?? Infinity) - 1))
    // The store went back, so that what it lists may be new to us whatever its version.
    if (news.version < this.#version) this.#hear(await store.revocations.since(0), 0)
    else if (news.forgotten > this.#version) this.#hearTooLate(news)
    else this.#hear(news, this.#version)
    for (const userId of lostIn(news, made)) await this.revoke(userId)
  }

  #hear(news: RevocationNews, after: number): void {
    this.#version = news.version
    const users = new Set(news.users.filter(({ version }) => version > after).map(({ userId }) => userId))
    if (users.size === 0) return
    this.#attempts.revoke(users)
    for (const connection of this.#parts.connections.all())
      if (users.has(connection.user.id)) this.#parts.end(connection)
  }

  /** Who was revoked is not listed any more. */
  #hearTooLate(news: RevocationNews): void {
    this.#version = news.version
    this.#attempts.revokeEverybody()
    for (const connection of this.#parts.connections.all()) this.#parts.end(connection)
  }

  #sweepAfter(delayMs: number): void {
    if (this.#isClosed) return
    const mostMs = this.#parts.failClosedAfterMs / 3
    this.#cancelSweep = this.#parts.clock.after(Math.min(delayMs, mostMs), () => {
      this.#isSweep = true
      this.#ring()
    })
  }

  #watchDeadline(): void {
    const { clock, failClosedAfterMs } = this.#parts
    this.#cancelDeadline?.()
    if (this.#isClosed || this.#isFailedClosed || failClosedAfterMs === Infinity) return
    const leftMs = this.#readAt + failClosedAfterMs - clock.monotonic()
    this.#cancelDeadline = clock.after(Math.max(0, leftMs), () => this.#failClosed())
  }

  #failClosed(): void {
    this.#isFailedClosed = true
    for (const connection of this.#parts.connections.all()) connection.close(closeReason('SHUTDOWN'))
  }
}

/** Stores a revocation and tells every node to read. */
export async function addRevocation(store: Pick<Store, 'revocations' | 'bus'>, userId: string): Promise<number> {
  if (typeof userId !== 'string' || userId === '') throw fail('INVALID_INPUT', 'revoke() takes the id of a user')
  const version = await store.revocations.add(userId)
  store.bus.publish(subject, { head: '{}', payload: '' })
  return version
}
