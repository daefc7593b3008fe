import { wireNames, type Position } from '@millrace/contract'
import { packet, type Packet } from '../connection/packet.ts'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import type { Subscription } from '../ports/event-log.ts'
import {
  encodeFrame,
  encodeSingle,
  encodeVolatileFrame,
  encodeVolatileSingle,
  type VolatileEvent,
} from './encode-entries.ts'
import { inFrames } from './in-frames.ts'
import { EncodedPage } from './encoded-page.ts'
import type { Member } from './member.ts'
import { refill } from './refill.ts'
import { give } from './slow-member.ts'
import { RoomSeries } from '../series/room-series.ts'
import { RoomLog, type RoomLogEvents } from './room-log.ts'
import { RoomPresence } from './room-presence.ts'
import { RoomState } from './room-state.ts'
import { Snapshots } from './snapshots.ts'
import { tellNewest } from './tell-newest.ts'
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
    await Promise.all([this.log.open(), this.state?.open(), this.presence?.open(), this.#openVolatile()])
  }

  async close(): Promise<void> {
    this.node.flusher.forget(this)
    await Promise.all([
      this.log.close(),
      this.state?.close(),
      this.presence?.close(),
      this.series?.close(),
      this.#volatileSubscription?.close(),
    ])
  }

  add(member: Member): void {
    this.members.add(member)
    member.peer.members.set(this.handle, member)
  }

  remove(member: Member): void {
    member.isGone = true
    this.members.delete(member)
    this.series?.end(member)
    if (member.peer.members.get(this.handle) === member) member.peer.members.delete(this.handle)
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
    const budgetBytes = this.node.limits.maxBufferedBytes
    this.#flushDurable(budgetBytes)
    this.#flushVolatile(budgetBytes)
    if (this.state) this.#flushState(this.state, budgetBytes)
    const presence = this.presence?.takePending(this.handle)
    if (presence) this.#flushPresence(presence, budgetBytes)
    this.#flushKicks()
  }

  #flushDurable(budgetBytes: number): void {
    const from = this.log.flushed
    const entries = this.log.takePending()
    if (entries.length === 0) return
    const parts = inFrames(entries, budgetBytes)
    let frames: readonly Packet[] | undefined
    let singles: readonly Packet[] | undefined
    for (const member of this.members) {
      if (!member.isLive) continue
      const packets = member.peer.readsFrames
        ? (frames ??= parts.map((part) => encodeFrame(this.handle, part)))
        : (singles ??= entries.map((entry) => encodeSingle(this.handle, entry)))
      let given = 0
      while (given < packets.length && give(member, packets[given]!, budgetBytes)) given++
      if (given === packets.length) continue
      this.#countBehind(member)
      const last = packets === frames ? parts[given - 1]?.at(-1) : entries[given - 1]
      this.#refill(member, last ?? from)
    }
    this.#wake()
  }

  #flushVolatile(budgetBytes: number): void {
    if (this.#volatile.length === 0) return
    const events = this.#volatile
    this.#volatile = []
    const parts = inFrames(events, budgetBytes)
    let frames: readonly Packet[] | undefined
    let singles: readonly Packet[] | undefined
    for (const member of this.members) {
      const packets = member.peer.readsFrames
        ? (frames ??= parts.map((part) => encodeVolatileFrame(this.handle, part)))
        : (singles ??= events.map((event) => encodeVolatileSingle(this.handle, event)))
      packets.forEach((packet, index) => {
        if (give(member, packet, budgetBytes)) return
        this.node.counters.shed += packets === frames ? parts[index]!.length : 1
      })
    }
  }

  #flushState(state: RoomState, budgetBytes: number): void {
    const { told } = state
    const packets = state.takePending(this.handle)
    if (packets.length === 0) return
    for (const member of this.members) {
      if (member.toldState || packets.every((one) => give(member, one, budgetBytes))) continue
      this.#countBehind(member)
      member.toldState = told
      void tellNewest(member)
    }
  }

  #flushPresence(presence: Packet, budgetBytes: number): void {
    for (const member of this.members) {
      if (member.isPresenceDue || give(member, presence, budgetBytes)) continue
      this.#countBehind(member)
      member.isPresenceDue = true
      void tellNewest(member)
    }
  }

  /** Before it is marked as what it lacks. */
  #countBehind({ isLive, toldState, isPresenceDue }: Member): void {
    if (isLive && !toldState && !isPresenceDue) this.node.counters.behind++
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
    this.#wake()
    for (const member of this.members) if (member.isLive) this.#refill(member, from)
  }

  /** A member that cannot take what is live stays at its position, and is refilled from there. */
  #refill(member: Member, from: Position): void {
    member.isLive = false
    member.position = { epoch: from.epoch, offset: from.offset, id: from.id }
    void refill(member)
  }

  async #openVolatile(): Promise<void> {
    if (!this.kind.hasVolatile) return
    this.#volatileSubscription = await this.node.store.bus.subscribe(volatileSubject(this.key), (message) => {
      const event = decodeVolatile(message, this.node.id)
      if (event) this.addVolatile(event)
    })
  }
}
