import { Button } from '@millrace/app-design'
import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactElement } from 'react'

interface CommentFormProps {
  readonly label: string
  readonly submitLabel: string
  readonly maxLength: number
  readonly initial?: string
  readonly isFocused?: boolean
  /** @returns Whether it was taken; the text stays where it was not. */
  readonly onSubmit: (text: string) => boolean
  readonly onCancel?: () => void
}

/** Where a comment or a reply is written. Ctrl+Enter sends, Escape cancels. */
export function CommentForm(props: CommentFormProps): ReactElement {
  const { label, submitLabel, maxLength, initial = '', isFocused = false, onSubmit, onCancel } = props
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(initial)
  useEffect(() => {
    if (isFocused) field.current?.focus()
  }, [isFocused])

  function submit(event?: FormEvent): void {
    event?.preventDefault()
    if (text.trim() !== '' && onSubmit(text.trim())) setText('')
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
    if (event.key === 'Escape') onCancel?.()
  }
  const isOpen = onCancel !== undefined || text !== ''
  return (
    <form className="comment-form" onSubmit={submit}>
      <label htmlFor={id} className="mr-unseen">
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        className="mr-input"
        rows={isOpen ? 3 : 1}
        maxLength={maxLength}
        placeholder={label}
        dir="auto"
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      {isOpen && (
        <div className="comment-form-actions">
          {onCancel && (
            <Button size="small" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" size="small" variant="primary" disabled={text.trim() === ''}>
            {submitLabel}
          </Button>
        </div>
      )}
    </form>
  )
}
