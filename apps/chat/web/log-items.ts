import type { Draft } from './drafts.ts'
import type { Posted } from './timeline.ts'

export interface MessageItem {
  readonly kind: 'message'
  readonly key: string
  readonly author: { readonly id: string; readonly name: string }
  readonly text: string
  /** Wall time, ms since 1970. */
  readonly at: number
  readonly isOwn: boolean
  /** The one before it is of the same author and not long ago, so that it needs no name of its own. */
  readonly isContinued: boolean
  readonly state: 'posted' | Draft['state']
  readonly why: string
}

interface DayItem {
  readonly kind: 'day'
  readonly key: string
  readonly at: number
}

export type LogItem = MessageItem | DayItem

/** After so long a message names its author again, ms. */
const pauseMs = 5 * 60_000

type Me = MessageItem['author']

/**
 * What the log shows, from top to bottom: what was posted, then our own that were not yet.
 *
 * @param dayOf Names the day of a time, in the reader's time zone.
 */
export function logItems(
  posted: readonly Posted[],
  drafts: readonly Draft[],
  me: Me,
  dayOf: (at: number) => string,
): readonly LogItem[] {
  const items: LogItem[] = []
  let before: MessageItem | undefined
  const add = (item: Omit<MessageItem, 'kind' | 'isContinued'>): void => {
    const isNewDay = before === undefined || dayOf(before.at) !== dayOf(item.at)
    if (isNewDay) items.push({ kind: 'day', key: `day of ${item.key}`, at: item.at })
    const isContinued = !isNewDay && before?.author.id === item.author.id && item.at - before.at < pauseMs
    before = { ...item, kind: 'message', isContinued }
    items.push(before)
  }
  for (const { message, at } of posted) {
    const { author, text, id } = message
    add({ key: `posted ${id}`, author, text, at, isOwn: author.id === me.id, state: 'posted', why: '' })
  }
  for (const { key, text, at, state, why } of drafts) {
    add({ key: `draft ${key}`, author: me, text, at, isOwn: true, state, why })
  }
  return items
}
