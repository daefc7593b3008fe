import type { ReactElement } from 'react'
import { EmojiBar } from '../emoji-bar.tsx'
import { IconButton } from '../icon-button.tsx'

export interface MessageButtonsProps<Emoji extends string> {
  readonly emoji: readonly Emoji[]
  readonly chosen: readonly Emoji[]
  readonly isOwn: boolean
  readonly onReact: (emoji: Emoji, isOn: boolean) => void
  readonly onWrite: (kind: 'reply' | 'edit') => void
  readonly onDelete: () => void
}

/** What can be done with a message. */
export function MessageButtons<Emoji extends string>(props: MessageButtonsProps<Emoji>): ReactElement {
  const { emoji, chosen, isOwn, onReact, onWrite, onDelete } = props
  return (
    <>
      <EmojiBar label="Add a reaction" emoji={emoji} chosen={chosen} onChoose={onReact} />
      <IconButton icon="reply" label="Reply" size="small" onClick={() => onWrite('reply')} />
      {isOwn && <IconButton icon="edit" label="Edit" size="small" onClick={() => onWrite('edit')} />}
      {isOwn && <IconButton icon="trash" label="Delete" size="small" onClick={onDelete} />}
    </>
  )
}
