import type { Position } from '@millrace/contract'
import type { Message } from '../contract.ts'

/** A message as the room's log has it. */
export interface Posted {
  readonly position: Position
  /** The key of the request that sent it. */
  readonly key: string | null
  /** Wall time of the store, ms since 1970. */
  readonly at: number
  readonly message: Message
}

/** What of a room's log is on the page, in order. */
export interface Timeline {
  readonly posted: readonly Posted[]
  readonly hasOlder: boolean
  /** Where the next older page ends. */
  readonly oldest: Position | undefined
}

export const emptyTimeline: Timeline = { posted: [], hasOlder: false, oldest: undefined }

/** Adds messages in the order of the log. One that is there already is not added again, whatever its position. */
export function withPosted(timeline: Timeline, more: readonly Posted[]): Timeline {
  const ids = new Set(timeline.posted.map(({ message }) => message.id))
  const fresh = more.filter(({ message }) => !ids.has(message.id) && ids.add(message.id))
  if (fresh.length === 0) return timeline
  const posted = [...timeline.posted, ...fresh].toSorted((a, b) => a.position.offset - b.position.offset)
  return { ...timeline, posted }
}

export interface OlderPage {
  readonly posted: readonly Posted[]
  readonly from: Position | undefined
  readonly more: boolean
}

/** Adds the newest page, or the one before the oldest message. */
export function withPage(timeline: Timeline, page: OlderPage): Timeline {
  return { ...withPosted(timeline, page.posted), hasOlder: page.more, oldest: page.from ?? timeline.oldest }
}
