import type { ReactNode, Ref } from 'react'
import type { Suggestion } from './suggestion.ts'
import type { Suggest } from './use-suggestions.ts'

export interface ComposerHandle {
  focus(): void
}

export interface Composed {
  /** Trimmed. */
  readonly text: string
  /** Ids of the suggestions that were chosen and are still in the text. */
  readonly mentions: readonly string[]
}

export interface ComposerProps {
  readonly ref?: Ref<ComposerHandle>
  readonly label: string
  readonly placeholder?: string
  /** What it starts with; give it another `key` to start again. */
  readonly initialText?: string
  /** Who `initialText` mentions already. */
  readonly initialMentions?: readonly Suggestion[]
  /** UTF-16 units. */
  readonly maxLength?: number
  /** There is something to send besides text, for example a picture. */
  readonly canSendEmpty?: boolean
  readonly isDisabled?: boolean
  readonly sendLabel?: string
  /** Inside the frame, above the text: what is replied to, pictures that go along. */
  readonly above?: ReactNode
  /** Answering `false` keeps the text; otherwise it is cleared. */
  readonly onSend: (composed: Composed) => boolean | void
  /** After each change, for example to say that somebody types, or to keep a draft. */
  readonly onText?: (text: string) => void
  /** Escape, where no list of suggestions is open. */
  readonly onCancel?: () => void
  /** Pasted, dropped and chosen files. Without it there is no button for pictures. */
  readonly onFiles?: (files: readonly File[]) => void
  /** People whose names fit what stands after `@`. Keep the function's identity, or the list is read again. */
  readonly suggest?: Suggest
}
