import { fail, type Cancel, type WireView } from '@millrace/contract'
import { isRecord } from '../pipeline/wire-input.ts'
import type { SerialQueue } from '../pipeline/serial-queue.ts'
import type { Peer } from '../connection/peer.ts'
import type { Member } from '../room/member.ts'
import type { Room } from '../room/room.ts'
import { caughtUp } from '../room/slow-member.ts'
import { SeriesFeed } from './series-feed.ts'
import { ViewGroup } from './view-group.ts'
import { readViewQuery, type ViewQuery } from './view-query.ts'
import { Viewer } from './viewer.ts'

/** A window that ended so long ago may still get a sample that is late, ms. */
const lateMs = 60_000

interface OpenGroup {
  readonly key: string
  readonly group: ViewGroup
  readonly query: ViewQuery
  readonly feed: SeriesFeed | undefined
}

interface ViewLoad {
  readonly views: number
  readonly tracks: number
}

/** The views of one room on one node. */
export class RoomSeries {
  readonly #room: Room
  readonly #feeds = new Map<string, SeriesFeed>()
  /** What closes feeds that nobody uses, unless somebody does in time. */
  readonly #lingers = new Map<SeriesFeed, Cancel>()
  readonly #byKey = new Map<string, OpenGroup>()
  readonly #byName = new Map<number, OpenGroup>()
  #lastName = 0

  constructor(room: Room) {
    this.#room = room
  }

  /** @throws MillraceError as docs/protocol.md says of `~view`. */
  async view(member: Member, argument: unknown): Promise<WireView> {
    const query = readViewQuery(argument, this.#room.kind.series, this.#room.node.limits)
    return this.#inTurn(member.peer.viewQueue, () => this.#answer(member, query))
  }

  /** Ends a view as often as it was asked for; another name means nothing. */
  unview(member: Member, argument: unknown): void {
    if (isRecord(argument)) this.#endOne(member, argument.view)
  }

  /** The membership is over, and so are its views. */
  end(member: Member): void {
    for (const open of this.#byName.values()) if (open.group.viewers.delete(member)) this.#closeUnused(open)
  }

  /** What a member's views take. */
  loadOf(member: Member): ViewLoad {
    let [views, tracks] = [0, 0]
    for (const { group, query } of this.#byName.values()) {
      const viewer = group.viewers.get(member)
      if (viewer === undefined) continue
      views += viewer.count + (viewer.isAnswering ? 1 : 0)
      tracks += query.tracks.length
    }
    return { views, tracks }
  }

  async close(): Promise<void> {
    for (const { group } of this.#byName.values()) {
      group.viewers.clear()
      this.#room.node.flusher.forget(group)
    }
    this.#byKey.clear()
    this.#byName.clear()
    for (const feed of this.#feeds.values()) this.#stopLinger(feed)
    await Promise.all([...this.#feeds.values()].map((feed) => feed.close()))
  }

  /** The next one begins after this one's answer is written, which happens before the tick ends. */
  #inTurn<T>(queue: SerialQueue, answer: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      void queue.run(async () => {
        await answer().then(resolve, reject)
        await new Promise<void>((ended) => this.#room.node.clock.defer(ended))
      })
    })
  }

  async #answer(member: Member, query: ViewQuery): Promise<WireView> {
    if (!(await caughtUp(member)))
      throw fail('DISCONNECTED', 'the room was left before this was answered; join it again')
    this.#assertViewLeft(member, query)
    const open = this.#open(query)
    const { group, feed } = open
    const viewer = group.viewers.get(member) ?? new Viewer(member)
    group.viewers.set(member, viewer)
    viewer.isAnswering = true
    group.pending++
    try {
      await feed?.open()
      const { page, kind } = await group.answer(viewer, query)
      if (member.isGone) throw fail('DISCONNECTED', 'the room was left before this was answered; join it again')
      feed?.seen(page.position)
      group.begin(page)
      viewer.count++
      if (query.replaces !== undefined) this.#endOne(member, query.replaces)
      const head = { view: group.name, epoch: page.position.epoch, columnMs: query.columnMs, kind, from: page.from }
      if (!query.readsPacked) return { ...head, ...page.plain }
      const { counts, data, ...packed } = page.packed
      return { ...head, counts, packed, data }
    } finally {
      group.pending--
      viewer.isAnswering = false
      if (viewer.count === 0 || member.isGone) group.viewers.delete(member)
      // Increments come after the answer, which is written when this tick ends.
      else if (viewer.owedFrom !== Infinity) this.#room.node.clock.defer(() => void group.catchUp(viewer))
      this.#closeUnused(open)
    }
  }

  #assertViewLeft(member: Member, { replaces, tracks }: ViewQuery): void {
    const { maxViewsPerConnection, maxViewTracksPerConnection } = this.#room.node.limits
    const named = typeof replaces === 'number' ? this.#byName.get(replaces) : undefined
    const replaced = named?.group.viewers.has(member) ? named : undefined
    const load = loadOf(member.peer)
    if (load.views - (replaced ? 1 : 0) >= maxViewsPerConnection)
      throw fail('OVERLOADED', `a connection may have ${maxViewsPerConnection} views; end one first`)
    if (load.tracks - (replaced?.query.tracks.length ?? 0) + tracks.length > maxViewTracksPerConnection)
      throw fail('OVERLOADED', `the views of a connection may have ${maxViewTracksPerConnection} tracks; end one first`)
  }

  #open(query: ViewQuery): OpenGroup {
    const { name, tracks, window, columnMs, fps } = query
    const key = JSON.stringify([name, tracks, columnMs, fps, 'last' in window ? null : window])
    const known = this.#byKey.get(key)
    if (known) return known
    const group = new ViewGroup(this.#room, query, ++this.#lastName)
    const open = { key, group, query, feed: this.#isLive(query) ? this.#feedOf(query) : undefined }
    if (open.feed) {
      open.feed.add(group, tracks)
      this.#stopLinger(open.feed)
    }
    this.#byKey.set(key, open)
    this.#byName.set(group.name, open)
    return open
  }

  #isLive({ window, fps }: ViewQuery): boolean {
    return fps > 0 && ('last' in window || window.to > this.#room.node.clock.now() - lateMs)
  }

  #feedOf({ name, entry }: ViewQuery): SeriesFeed {
    let feed = this.#feeds.get(name)
    if (feed === undefined) {
      feed = new SeriesFeed(this.#room.node, this.#room.key, name, entry)
      this.#feeds.set(name, feed)
    }
    return feed
  }

  #endOne(member: Member, name: unknown): void {
    const open = typeof name === 'number' ? this.#byName.get(name) : undefined
    const viewer = open?.group.viewers.get(member)
    if (open === undefined || viewer === undefined || viewer.count === 0) return
    viewer.count--
    if (viewer.count === 0 && !viewer.isAnswering) open.group.viewers.delete(member)
    this.#closeUnused(open)
  }

  #closeUnused({ key, group, query, feed }: OpenGroup): void {
    if (!group.isUnused || !this.#byName.delete(group.name)) return
    this.#byKey.delete(key)
    this.#room.node.flusher.forget(group)
    if (feed === undefined) return
    feed.remove(group, query.tracks)
    const { rooms, limits } = this.#room.node
    if (!feed.isUnused) return
    this.#lingers.set(
      feed,
      rooms.later(limits.roomLingerMs, () => {
        this.#lingers.delete(feed)
        this.#closeFeed(query.name, feed)
      }),
    )
  }

  #stopLinger(feed: SeriesFeed): void {
    this.#lingers.get(feed)?.()
    this.#lingers.delete(feed)
  }

  #closeFeed(name: string, feed: SeriesFeed): void {
    if (this.#feeds.get(name) !== feed) return
    this.#feeds.delete(name)
    feed.close().catch(this.#room.node.report)
  }
}

function loadOf(peer: Peer): ViewLoad {
  let [views, tracks] = [0, 0]
  for (const member of peer.members.values()) {
    const load = member.room.series?.loadOf(member)
    views += load?.views ?? 0
    tracks += load?.tracks ?? 0
  }
  return { views, tracks }
}
