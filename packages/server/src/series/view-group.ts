import type { Flushable } from '../flusher.ts'
import type { Packet } from '../connection/packet.ts'
import type { Member } from '../room/member.ts'
import type { Room } from '../room/room.ts'
import { caughtUp, give, writeWhenTaken } from '../room/slow-member.ts'
import type { Sample } from '../ports/time-series.ts'
import { columnOf } from './column-width.ts'
import { encodeIncrements, encodeTold } from './encode-view.ts'
import { HoleFiller } from './hole-filler.ts'
import { LiveTrack } from './live-track.ts'
import type { ViewQuery } from './view-query.ts'
import { ViewReads, type Answered, type ViewPage } from './view-reads.ts'
import type { Viewer } from './viewer.ts'

/** Pause after a read that failed, ms. */
const retryMs = 1_000

/** Equal views of any number of members: read, computed and encoded once. */
export class ViewGroup implements Flushable {
  readonly name: number
  readonly flushMs: number
  readonly tracks: readonly LiveTrack[]
  readonly viewers = new Map<Member, Viewer>()
  readonly holes: HoleFiller
  /** Views that are being answered. */
  pending = 0
  readonly #room: Room
  readonly #query: ViewQuery
  readonly #reads: ViewReads
  /** Of the answers; undefined until the first. */
  #epoch: string | undefined
  #isLoaded = false
  #changed = new Set<LiveTrack>()
  /** The longest of its moving windows, ms. */
  #lastMs = 0

  constructor(room: Room, query: ViewQuery, name: number) {
    this.name = name
    this.flushMs = 1_000 / query.fps
    this.tracks = query.tracks.map((_, index) => new LiveTrack(index, query.columnMs))
    this.#room = room
    this.#query = query
    this.#reads = new ViewReads(room, query)
    this.holes = new HoleFiller(room.node, {
      tracks: this.tracks,
      isUnused: () => this.isUnused,
      beginning: () => this.#beginning(),
      read: (from) => this.#reads.read(from),
      isContinued: ({ epoch }) => (this.#epoch ??= epoch) === epoch || this.anew(epoch),
      changed: (track) => this.#mark(track),
    })
  }

  get isUnused(): boolean {
    return this.pending === 0 && this.viewers.size === 0
  }

  /** What a viewer is answered with; from `since` on where that is still part of the series. */
  async answer(viewer: Viewer, { window, since }: ViewQuery): Promise<Answered> {
    if ('last' in window) this.#lastMs = Math.max(this.#lastMs, window.last)
    const from = this.#reads.beginning(window)
    if (since !== undefined && since.at >= from) {
      const page = await this.#read(columnOf(since.at, this.#query.columnMs), viewer)
      if (page.position.epoch === since.epoch) return { page, kind: 'change' }
    }
    return { page: await this.#read(from, viewer), kind: 'replace' }
  }

  /** The first answer brings what is in the open columns; later ones say what is known already, or reach further back. */
  begin({ position, from, newest }: ViewPage): void {
    const isFirst = !this.#isLoaded
    if (!isFirst && position.epoch !== this.#epoch) return
    this.#isLoaded = true
    this.#epoch = position.epoch
    for (const [index, track] of this.tracks.entries()) {
      if (isFirst || track.isBegunBy(from)) track.begin(newest[index] ?? new Float64Array(), from)
      this.holes.complete(track)
    }
  }

  /** A sample of one of its tracks. */
  heard(track: LiveTrack, { at, value }: Sample): void {
    if (at < this.#reads.oldest || at > this.#reads.newest || !track.add(at, value)) return
    this.#mark(track)
    this.holes.complete(track)
  }

  /** The series is another one: viewers are told to ask again. */
  anew(epoch: string): false {
    this.#isLoaded = false
    this.#epoch = epoch
    for (const track of this.tracks) track.clear()
    this.#changed.clear()
    const told = encodeTold(this.#head(), 0, [])
    for (const viewer of this.viewers.values())
      if (viewer.isWaiting || !this.#giveAll(viewer, told)) this.#owe(viewer, -Infinity)
    return false
  }

  flush(): void {
    if (this.#changed.size === 0) return
    const since = Math.min(...Array.from(this.#changed, (track) => track.changedFrom))
    const isHeld = Array.from(this.#changed).every((track) => track.droppedBefore <= track.changedFrom)
    let packets: readonly Packet[] | undefined
    for (const viewer of this.viewers.values()) {
      if (isHeld && !viewer.isWaiting) {
        packets ??= encodeIncrements(this.#head(), this.#changed, (track) => track.changedFrom)
        if (this.#giveAll(viewer, packets)) continue
      }
      if (isHeld && !viewer.isAnswering) this.#room.node.counters.conflated++
      this.#owe(viewer, since)
    }
    this.#reads.changed(since)
    for (const track of this.#changed) track.changedFrom = Infinity
    this.#changed.clear()
    this.#forgetKnown()
  }

  /** Sends a viewer what it lacks, once its connection takes more. */
  async catchUp(viewer: Viewer): Promise<void> {
    if (viewer.isCatchingUp) return
    viewer.isCatchingUp = true
    try {
      while (this.#isDue(viewer) && (await caughtUp(viewer.member))) {
        const packets = await this.#takeOwed(viewer)
        const { member } = viewer
        for (const packet of packets)
          if (
            !(await writeWhenTaken(
              member,
              () => member.peer.link.write(packet),
              () => this.#has(viewer),
            ))
          )
            return
      }
    } catch (error) {
      this.#room.node.report(error)
      this.#room.node.rooms.later(retryMs, () => void this.catchUp(viewer))
    } finally {
      viewer.isCatchingUp = false
    }
    this.#forgetKnown()
  }

  /** False where its connection did not take all of them: it is owed them again. */
  #giveAll({ member }: Viewer, packets: readonly Packet[]): boolean {
    const { maxBufferedBytes } = this.#room.node.limits
    for (const packet of packets) if (!give(member, packet, maxBufferedBytes)) return false
    return true
  }

  #has(viewer: Viewer): boolean {
    return this.viewers.get(viewer.member) === viewer
  }

  #isDue(viewer: Viewer): boolean {
    return viewer.owedFrom !== Infinity && !viewer.isAnswering && this.#has(viewer)
  }

  #owe(viewer: Viewer, since: number): void {
    viewer.owe(since)
    if (!viewer.isAnswering) void this.catchUp(viewer)
  }

  async #takeOwed(viewer: Viewer): Promise<readonly Packet[]> {
    const since = viewer.owedFrom
    viewer.owedFrom = Infinity
    if (since === -Infinity) return encodeTold(this.#head(), 0, [])
    if (this.tracks.every((track) => track.droppedBefore <= since))
      return encodeIncrements(this.#head(), this.tracks, (track) => track.heldSince(since))
    try {
      const page = await this.#read(Math.max(since, this.#beginning()), viewer)
      return page.packets(this.#head())
    } catch (error) {
      viewer.owe(since)
      throw error
    }
  }

  async #read(from: number, viewer: Viewer): Promise<ViewPage> {
    const page = await this.#reads.read(from)
    viewer.owe(page.owedFrom)
    return page
  }

  #beginning(): number {
    const { window } = this.#query
    return this.#reads.beginning('last' in window ? { last: this.#lastMs } : window)
  }

  #mark(track: LiveTrack): void {
    this.#changed.add(track)
    this.#room.node.flusher.mark(this)
  }

  #forgetKnown(): void {
    if (this.#changed.size > 0 || this.#reads.areUnderWay) return
    for (const viewer of this.viewers.values()) if (viewer.isWaiting) return
    for (const track of this.tracks) track.forget()
  }

  #head(): { readonly room: number; readonly view: number; readonly epoch: string } {
    return { room: this.#room.handle, view: this.name, epoch: this.#epoch ?? '' }
  }
}
