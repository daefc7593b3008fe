import { Avatar, Menu, type MenuItem } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import type { PublicUser } from '../../contract.ts'
import { agoText } from '../ago-text.ts'
import { CommentForm } from './comment-form.tsx'

interface NoteProps {
  readonly author: PublicUser
  readonly at: number
  readonly editedAt: number | null
  readonly text: string
  readonly now: number
  readonly maxLength: number
  /** Undefined: one may not. */
  readonly onEdit?: ((text: string) => Promise<boolean>) | undefined
  readonly onRemove?: (() => void) | undefined
}

/** A comment or a reply: who, when and what. */
export function Note({ author, at, editedAt, text, now, maxLength, onEdit, onRemove }: NoteProps): ReactElement {
  const [isEditing, setEditing] = useState(false)
  const items: MenuItem[] = []
  if (onEdit) items.push({ label: 'Edit', icon: 'edit', onSelect: () => setEditing(true) })
  if (onRemove) items.push({ label: 'Delete', icon: 'trash', tone: 'danger', onSelect: onRemove })
  return (
    <div className="note">
      <Avatar name={author.name} id={author.id} size="small" />
      <div className="note-head">
        <bdi className="note-author">{author.name}</bdi>
        <span className="note-time">
          {agoText(at, now)}
          {editedAt !== null && ', edited'}
        </span>
      </div>
      {items.length > 0 && <Menu label={`Actions for the comment of ${author.name}`} items={items} size="small" />}
      {isEditing && onEdit ? (
        <CommentForm
          label="Edit your comment"
          submitLabel="Save"
          initial={text}
          maxLength={maxLength}
          isFocused
          onCancel={() => setEditing(false)}
          onSubmit={async (next) => {
            const isTaken = await onEdit(next)
            if (isTaken) setEditing(false)
            return isTaken
          }}
        />
      ) : (
        <p className="note-text" dir="auto">
          {text}
        </p>
      )}
    </div>
  )
}
