import { wireNames, type Position } from '@millrace/contract'
import { packet } from '../connection/packet.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { VolatileEvent } from './encode-entries.ts'
import { EncodedPage } from './encoded-page.ts'
import { flushDurable, flushPresence, flushState, flushVolatile } from './flush-members.ts'
import type { Member } from './member.ts'
import { refill } from './refill.ts'
import { RoomSeries } from '../series/room-series.ts'
import { RoomFollowing } from './room-following.ts'
import { RoomHandle } from './room-handle.ts'
import { RoomLog, type RoomLogEvents } from './room-log.ts'
import { RoomPresence } from './room-presence.ts'
import { RoomState } from './room-state.ts'
import { Snapshots } from './snapshots.ts'
import { decodeVolatile, volatileSubject } from './volatile.ts'

/** One room on one node: its members here, and what waits to be sent to them. */
export class Room implements RoomLogEvents {
  readonly node: Node
  readonly kind: RoomKind
  readonly params: unknown
  readonly key: string
  /** Names the room on the wire; never used again in this process. */
  readonly handle: number
  readonly flushMs: number
  readonly members = new Set<Member>()
  readonly log: RoomLog
  readonly state: RoomState | undefined
  readonly presence: RoomPresence | undefined
  readonly series: RoomSeries | undefined
  #page: EncodedPage | undefined
  #snapshots: Snapshots | undefined
  #following: RoomFollowing | undefined
  #volatile: VolatileEvent[] = []
  #volatileSubscription: Subscription | undefined
  #kicks: { readonly member: Member; readonly message: string }[] = []
  #waiting: (() => void)[] = []

  constructor(node: Node, kind: RoomKind, params: unknown, key: string, handle: number) {
    this.node = node
    this.kind = kind
    this.params = params
    this.key = key
    this.handle = handle
    this.flushMs = kind.flushMs
    this.log = new RoomLog(node, key, this)
    const mark = kind.hasState || kind.entry.presence ? () => this.pending() : undefined
    this.state = mark && kind.hasState ? new RoomState(node, key, mark) : undefined
    this.presence = mark && kind.entry.presence ? new RoomPresence(node, key, mark) : undefined
    this.series = kind.series.size > 0 ? new RoomSeries(this) : undefined
  }

  get snapshots(): Snapshots {
    this.#snapshots ??= new Snapshots(this.node, this.kind, this.params, this.log)
    return this.#snapshots
  }

  get page(): EncodedPage {
    this.#page ??= new EncodedPage(this.handle)
    return this.#page
  }

  pending(): void {
    this.node.flusher.mark(this)
  }

  async open(): Promise<void> {
    await Promise.all([this.#openLog(), this.state?.open(), this.presence?.open(), this.#openVolatile()])
  }

  async close(): Promise<void> {
    this.node.flusher.forget(this)
    await Promise.all([
      this.log.close(),
      this.#following?.close(),
      this.state?.close(),
      this.presence?.close(),
      this.series?.close(),
      this.#volatileSubscription?.close(),
    ])
  }

  add(member: Member): void {
    this.members.add(member)
    member.peer.members.set(member)
  }

  remove(member: Member): void {
    member.isGone = true
    this.members.delete(member)
    this.series?.end(member)
    member.peer.members.delete(member)
  }

  /** Gathers a volatile event for the next flush. */
  addVolatile(event: VolatileEvent): void {
    this.#volatile.push(event)
    this.pending()
  }

  /** Takes effect at the next flush, after what was published before. */
  kick(member: Member, message: string): void {
    this.#kicks.push({ member, message })
    this.pending()
  }

  flush(): void {
    const kinds = [this.log, this.state, this.presence].filter((kind) => kind?.hasPending).length
    const isOnly = kinds + Number(this.#volatile.length > 0) + Number(this.#kicks.length > 0) === 1
    const from = this.log.flushed
    const entries = this.log.takePending()
    if (entries.length > 0) this.#following?.entries(entries)
    if (entries.length > 0) flushDurable(this, entries, from, isOnly)
    if (this.#volatile.length > 0) flushVolatile(this, this.#takeVolatile(), isOnly)
    if (this.state?.hasPending) flushState(this, this.state, isOnly)
    if (this.presence?.hasPending) flushPresence(this, this.presence, isOnly)
    this.#flushKicks()
    if (entries.length > 0) this.#wake()
  }

  #takeVolatile(): readonly VolatileEvent[] {
    const events = this.#volatile
    this.#volatile = []
    return events
  }

  #flushKicks(): void {
    const kicks = this.#kicks
    this.#kicks = []
    for (const { member, message } of kicks) {
      if (member.isGone) continue
      member.peer.link.write(packet(wireNames.kick, { room: this.handle, error: { code: 'FORBIDDEN', message } }))
      void this.node.rooms.leave(member, 'kicked')
    }
  }

  /** Resolves when `log.flushed` has moved. */
  moved(): Promise<void> {
    return new Promise((resolve) => void this.#waiting.push(resolve))
  }

  #wake(): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }

  replaced(from: Position): void {
    this.#following?.replaced()
    this.#wake()
    for (const member of this.members) if (member.isLive) this.refill(member, from)
  }

  /** A member that cannot take what is live stays at its position, and is refilled from there. */
  refill(member: Member, from: Position): void {
    member.isLive = false
    member.position = { epoch: from.epoch, offset: from.offset, id: from.id }
    void refill(member)
  }

  async #openLog(): Promise<void> {
    const { node, kind, params, key } = this
    const follower = kind.handlers.follow?.({ params, room: new RoomHandle(node, kind, params, key) })
    if (follower) this.#following = new RoomFollowing(follower, node.report)
    await this.log.open()
    await this.#following?.open()
  }

  async #openVolatile(): Promise<void> {
    if (!this.kind.hasVolatile) return
    this.#volatileSubscription = await this.node.store.bus.subscribe(volatileSubject(this.key), (message) => {
      const event = decodeVolatile(message, this.node.id)
      if (event) this.addVolatile(event)
    })
  }
}
