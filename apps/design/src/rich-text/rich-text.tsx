import { memo, type ReactElement } from 'react'
import { isEmojiOnly } from './is-emoji-only.ts'
import { textParts, type Mentioned, type TextPart } from './text-parts.ts'

export interface RichTextProps {
  readonly text: string
  readonly mentions?: readonly Mentioned[]
  /** Mentions of this user stand out more. */
  readonly ownId?: string | undefined
}

const nobody: readonly Mentioned[] = []

/** What somebody wrote, as text: only links and mentions are more than that. Each line finds its own direction. */
export const RichText = memo(function RichText({ text, mentions = nobody, ownId }: RichTextProps): ReactElement {
  return (
    <div className="mr-rich" dir="auto" data-emoji={isEmojiOnly(text) || undefined}>
      {/* Parts have no identity but their place. */}
      {textParts(text, mentions).map((part, index) => (
        <Part key={index} part={part} ownId={ownId} />
      ))}
    </div>
  )
})

function Part({ part, ownId }: { readonly part: TextPart; readonly ownId: string | undefined }): ReactElement | string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'mention':
      return (
        <bdi className="mr-mention" data-own={part.id === ownId || undefined}>
          {part.text}
        </bdi>
      )
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      )
  }
}
