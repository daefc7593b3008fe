import { systemRandom, type Off, type RoomClient } from '@millrace/client'
import type { Position, RoomsOf } from '@millrace/contract'
import type { chat, Message, PublicUser } from '../contract.ts'
import { withDraft, withoutDraft, withoutPosted, withoutStored, withState, type Drafts } from './drafts.ts'
import { failureText } from './failure-text.ts'
import { emptyTimeline, withPage, withPosted, type Posted, type Timeline } from './timeline.ts'
import { heard, typingLastsMs, typingNow, type Typists } from './typists.ts'

export type ConversationRoom = RoomClient<RoomsOf<typeof chat>['conversation']>

/** For how long something waits for a connection, ms. */
const patienceMs = 10 * 60_000
const pageSize = 50

export interface ConversationEvents {
  readonly changed: () => void
  /** A message came that is not from the past. */
  readonly posted: (message: Message) => void
}

/** One room as the page shows it, from `open` to `close`. */
export class Conversation {
  readonly id: string
  timeline: Timeline = emptyTimeline
  drafts: Drafts = []
  unread = 0
  /** Why the messages are not all there; empty while they are. */
  fault = ''
  isLoading = false
  /** Whether the newest messages have been read. */
  hasRead = false
  readonly #room: ConversationRoom
  readonly #events: ConversationEvents
  readonly #offs: readonly Off[]
  #typists: Typists = new Map()
  #isJoined = false
  #status: 'active' | 'away' = 'active'
  /** Counts how often the log was read from its end. Pages that were asked for before are of no use. */
  #reading = 0

  constructor(id: string, room: ConversationRoom, events: ConversationEvents) {
    this.id = id
    this.#room = room
    this.#events = events
    this.#offs = [
      room.on('message', (message, meta) => this.#posted({ ...meta, message })),
      room.on('typing', ({ isTyping }, { from }) => from !== null && this.#heard(from, isTyping)),
      room.on('gap', () => this.#read()),
      room.on('kicked', (error) => this.#broke(`You are out of this room: ${error.message}`)),
      room.presence.on(events.changed),
    ]
  }

  get unsent(): number {
    return this.drafts.filter(({ state }) => state === 'waiting').length
  }

  get members(): readonly PublicUser[] {
    return this.#room.presence.members().map(({ user }) => user)
  }

  get memberCount(): number {
    return this.#room.presence.count
  }

  isAway(userId: string): boolean {
    const member = this.#room.presence.members().find(({ id }) => id === userId)
    return member !== undefined && member.metas.every(({ state }) => state.status === 'away')
  }

  get typists(): readonly string[] {
    return typingNow(this.#typists, performance.now())
  }

  /** Joins, waiting for a connection if it must, and reads the newest messages. Again after a fault. */
  async open(): Promise<void> {
    this.fault = ''
    this.#events.changed()
    try {
      await this.#room.join({ presence: { status: this.#status } })
      this.#isJoined = true
      await this.#read()
    } catch (error) {
      this.#broke(`This room could not be opened: ${messageOf(error)}`)
    }
  }

  async close(): Promise<void> {
    for (const off of this.#offs) off()
    await this.#room.leave()
  }

  send(text: string): Promise<void> {
    const key = systemRandom.id()
    this.drafts = withDraft(this.drafts, key, text, Date.now())
    return this.#submit(key, text)
  }

  retry(key: string): Promise<void> {
    const draft = this.drafts.find((candidate) => candidate.key === key)
    if (draft?.state !== 'failed') return Promise.resolve()
    this.drafts = withState(this.drafts, key, 'waiting')
    return this.#submit(key, draft.text)
  }

  discard(key: string): void {
    this.drafts = withoutDraft(this.drafts, key)
    this.#events.changed()
  }

  async loadOlder(): Promise<void> {
    if (this.isLoading || !this.timeline.hasOlder || !this.timeline.oldest) return
    await this.#load(this.timeline.oldest)
  }

  setStatus(status: 'active' | 'away'): void {
    if (status === this.#status) return
    this.#status = status
    // Where it fails, the next join says it.
    if (this.#isJoined) this.#room.presence.set({ status }).catch(() => {})
  }

  setTyping(isTyping: boolean): void {
    if (this.#isJoined) this.#room.publish('typing', { isTyping })
  }

  async #submit(key: string, text: string): Promise<void> {
    this.#events.changed()
    const outcome = await this.#room.tryRequest('message.send', { text }, { key, timeoutMs: patienceMs })
    if (outcome.ok) this.drafts = withState(this.drafts, key, 'stored')
    else this.drafts = withState(this.drafts, key, 'failed', failureText(outcome.error))
    this.#events.changed()
  }

  /** Reads the log from its end, and forgets what was shown. */
  async #read(): Promise<void> {
    this.#reading += 1
    this.timeline = emptyTimeline
    this.isLoading = false
    this.hasRead = false
    await this.#load('end')
  }

  async #load(before: Position | 'end'): Promise<void> {
    const reading = this.#reading
    this.isLoading = true
    this.#events.changed()
    try {
      const page = await this.#room.history({ before, limit: pageSize, timeoutMs: patienceMs })
      if (reading !== this.#reading) return
      const posted = page.events.map(({ payload, ...meta }) => ({ ...meta, message: payload }))
      this.timeline = withPage(this.timeline, { posted, from: page.from, more: page.more && !page.gap })
      this.drafts = withoutPosted(this.drafts, posted)
      if (before === 'end') this.drafts = withoutStored(this.drafts)
      this.fault = ''
      this.hasRead = true
    } catch (error) {
      if (reading !== this.#reading) return
      this.fault = `Messages could not be loaded: ${messageOf(error)}`
    }
    this.isLoading = false
    this.#events.changed()
  }

  #posted(posted: Posted): void {
    this.timeline = withPosted(this.timeline, [posted])
    this.drafts = withoutPosted(this.drafts, [posted])
    this.#typists = heard(this.#typists, posted.message.author.id, false, performance.now())
    this.#events.posted(posted.message)
    this.#events.changed()
  }

  #heard(userId: string, isTyping: boolean): void {
    this.#typists = heard(this.#typists, userId, isTyping, performance.now())
    this.#events.changed()
    if (isTyping) setTimeout(this.#events.changed, typingLastsMs + 50)
  }

  #broke(fault: string): void {
    this.#isJoined = false
    this.fault = fault
    this.#events.changed()
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
