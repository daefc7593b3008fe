import { Icon } from '@millrace/app-design'
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react'
import { maxTitleLength, Title } from '../../contract.ts'

interface DocumentTitleProps {
  readonly title: string
  /** Undefined: one may not rename it. */
  readonly onRename: ((title: string) => void) | undefined
  /** The title is known here only. */
  readonly isWaiting: boolean
}

/** The title, which its editors write where it stands: Enter or leaving keeps it, Escape takes it back. */
export function DocumentTitle({ title, onRename, isWaiting }: DocumentTitleProps): ReactElement {
  const waitsId = useId()
  const [draft, setDraft] = useState<string>()
  if (!onRename) {
    return (
      <h1 className="document-title" dir="auto">
        {title}
      </h1>
    )
  }
  function keep(): void {
    const read = Title.safeParse(draft ?? title)
    if (read.success && read.data !== title) onRename?.(read.data)
    setDraft(undefined)
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key !== 'Escape') return
    setDraft(undefined)
  }
  return (
    <h1 className="document-title">
      <input
        className="document-title-input"
        aria-label="Title"
        maxLength={maxTitleLength}
        dir="auto"
        spellCheck={false}
        value={draft ?? title}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={() => draft !== undefined && keep()}
        onKeyDown={onKeyDown}
        aria-describedby={isWaiting ? waitsId : undefined}
      />
      {isWaiting && (
        <span id={waitsId} className="waits">
          <Icon name="clock" size="small" />
          Waiting to be sent
        </span>
      )}
    </h1>
  )
}
