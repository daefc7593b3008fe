import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { maxTitleLength, Title } from '../../contract.ts'

interface DocumentTitleProps {
  readonly title: string
  /** Undefined: one may not rename it. Resolves with whether it was done. */
  readonly onRename: ((title: string) => Promise<boolean>) | undefined
}

/** The title, which its editors write where it stands: Enter or leaving keeps it, Escape takes it back. */
export function DocumentTitle({ title, onRename }: DocumentTitleProps): ReactElement {
  const [draft, setDraft] = useState<string>()
  if (!onRename) {
    return (
      <h1 className="document-title" dir="auto">
        {title}
      </h1>
    )
  }
  async function keep(): Promise<void> {
    const read = Title.safeParse(draft ?? title)
    if (read.success && read.data !== title && onRename) await onRename(read.data)
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
        onBlur={() => draft !== undefined && void keep()}
        onKeyDown={onKeyDown}
      />
    </h1>
  )
}
