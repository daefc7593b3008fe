import type { Posted } from './timeline.ts'

/**
 * A message of our own that the room's log has not shown us yet.
 *
 * - `waiting`: in the outbox, or on its way.
 * - `stored`: acknowledged; it comes with the log any moment.
 * - `failed`: `why` says what happened. It may be sent again with the same key.
 */
export interface Draft {
  /** The key of its request, on every attempt. */
  readonly key: string
  readonly text: string
  /** When it was typed, ms since 1970. */
  readonly at: number
  readonly state: 'waiting' | 'stored' | 'failed'
  readonly why: string
}

export type Drafts = readonly Draft[]

export function withDraft(drafts: Drafts, key: string, text: string, at: number): Drafts {
  return [...drafts, { key, text, at, state: 'waiting', why: '' }]
}

/** Changes one draft. Where it is gone, since the log showed it first, nothing changes. */
export function withState(drafts: Drafts, key: string, state: Draft['state'], why = ''): Drafts {
  return drafts.map((draft) => (draft.key === key ? { ...draft, state, why } : draft))
}

export function withoutDraft(drafts: Drafts, key: string): Drafts {
  return drafts.filter((draft) => draft.key !== key)
}

/** The log shows these messages now. */
export function withoutPosted(drafts: Drafts, posted: readonly Posted[]): Drafts {
  const keys = new Set(posted.map(({ key }) => key))
  return drafts.some(({ key }) => keys.has(key)) ? drafts.filter(({ key }) => !keys.has(key)) : drafts
}

/** The log was read again from its end: what it acknowledged and does not have any more is gone. */
export function withoutStored(drafts: Drafts): Drafts {
  return drafts.filter(({ state }) => state !== 'stored')
}
