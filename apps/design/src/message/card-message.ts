import type { Mentioned } from '../rich-text/text-parts.ts'
import type { Said } from './said.ts'

/** What a card shows of a message. */
export interface CardMessage extends Said {
  readonly text: string
  readonly mentions: readonly Mentioned[]
  /** Then nothing else of it is shown. */
  readonly isDeleted: boolean
  readonly editedAt: number | null
  readonly replyTo: { readonly author: Said['author']; readonly text: string } | null
  /** Pixels. */
  readonly image: { readonly id: string; readonly width: number; readonly height: number } | null
  /** Emoji that are not offered are not shown. */
  readonly reactions: readonly { readonly emoji: string; readonly userIds: readonly string[] }[]
}

/** `pending`: it, or a change of it, waits to be sent. `failed`: that was refused. */
export type CardState = 'stored' | 'pending' | 'failed'
