import { useState, type FormEvent, type ReactElement } from 'react'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { sentence } from './sentence.ts'
import { enterAs, type Session } from './session.ts'

export interface NameFormProps {
  readonly submitLabel: string
  readonly initialName?: string
  /** Why somebody is asked, for example because the session ended. */
  readonly reason?: string | undefined
  readonly onEntered: (session: Session) => void
}

/** Asks for a name, and enters with it or changes it. What the server says against it stands beside the field. */
export function NameForm({ submitLabel, initialName = '', reason, onEntered }: NameFormProps): ReactElement {
  const [error, setError] = useState(reason)
  const [name, setName] = useState(initialName)
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      onEntered(await enterAs(name))
    } catch (fault) {
      setError(fault instanceof Error ? fault.message : String(fault))
      setBusy(false)
    }
  }

  return (
    <form className="mr-name-form" onSubmit={(event) => void submit(event)}>
      <Field
        label="Your name"
        name="name"
        required
        maxLength={40}
        autoComplete="nickname"
        spellCheck={false}
        dir="auto"
        value={name}
        onChange={({ target }) => setName(target.value)}
        error={error === undefined ? undefined : sentence(error)}
      />
      <Button type="submit" variant="primary" size="large" isBusy={isBusy}>
        {submitLabel}
      </Button>
    </form>
  )
}
