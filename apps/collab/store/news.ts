import type { Comment } from '../contract.ts'

/** What a write has to be told of. What JSON holds: it waits in the ledger until it was told. */
export type News =
  /** On its owner's list; a text may wait to be written into it. */
  | { readonly kind: 'made' }
  | { readonly kind: 'titled'; readonly title: string; readonly rev: number }
  | { readonly kind: 'comment'; readonly comment: Comment }
  | { readonly kind: 'commentGone'; readonly id: string }
  /** These users have another role now, or none. */
  | { readonly kind: 'roles'; readonly userIds: readonly string[]; readonly rev: number }
  /** These users had it. */
  | { readonly kind: 'removed'; readonly userIds: readonly string[]; readonly rev: number }

export type NewsOf<K extends News['kind']> = Extract<News, { readonly kind: K }>
