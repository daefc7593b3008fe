import { Button, Dialog, Field } from '@millrace/app-design'
import { useState, type FormEvent, type ReactElement } from 'react'
import { maxTitleLength, Title } from '../../contract.ts'

interface RenameDialogProps {
  readonly title: string
  readonly onRename: (title: string) => void
  readonly onClose: () => void
}

export function RenameDialog({ title, onRename, onClose }: RenameDialogProps): ReactElement {
  const [text, setText] = useState(title)
  const [error, setError] = useState<string>()
  function submit(event: FormEvent): void {
    event.preventDefault()
    const read = Title.safeParse(text)
    if (!read.success) return setError(text.trim() === '' ? 'A document has a title.' : 'Write one plain line.')
    onRename(read.data)
    onClose()
  }
  return (
    <Dialog isOpen onClose={onClose} title="Rename the document" size="small">
      <form className="stack" onSubmit={submit}>
        <Field
          label="Title"
          value={text}
          maxLength={maxTitleLength}
          dir="auto"
          error={error}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" variant="primary">
          Rename
        </Button>
      </form>
    </Dialog>
  )
}
