import { Avatar, Menu, type MenuItem } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import type { PublicUser } from '../../contract.ts'
import { agoText } from '../ago-text.ts'
import type { DeskRequest } from '../desk/desk-request.ts'
import { CommentForm } from './comment-form.tsx'
import { RequestNote } from './request-note.tsx'

interface NoteProps {
  readonly author: PublicUser
  readonly at: number
  readonly editedAt: number | null
  readonly text: string
  readonly now: number
  readonly maxLength: number
  /** Undefined: one may not. */
  readonly onEdit?: ((text: string) => boolean) | undefined
  readonly onRemove?: (() => void) | undefined
  /** What waits to change it, or failed to. */
  readonly request?: DeskRequest | undefined
}

/** A comment or a reply: who, when and what. */
export function Note(props: NoteProps): ReactElement {
  const { author, at, editedAt, text, now, maxLength, onEdit, onRemove, request } = props
  const [isEditing, setEditing] = useState(false)
  const items: MenuItem[] = []
  if (onEdit) items.push({ label: 'Edit', icon: 'edit', onSelect: () => setEditing(true) })
  if (onRemove) items.push({ label: 'Delete', icon: 'trash', tone: 'danger', onSelect: onRemove })
  return (
    <div className="note" data-waits={request?.state === 'pending' || undefined}>
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
          onSubmit={(next) => {
            const isTaken = onEdit(next)
            if (isTaken) setEditing(false)
            return isTaken
          }}
        />
      ) : (
        <p className="note-text" dir="auto">
          {text}
        </p>
      )}
      <RequestNote request={request} />
    </div>
  )
}
