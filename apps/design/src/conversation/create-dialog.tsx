import { useState, type FormEvent, type ReactElement } from 'react'
import { Button } from '../button.tsx'
import { Choice } from '../choice.tsx'
import type { Suggestion } from '../composer/suggestion.ts'
import type { Suggest } from '../composer/use-suggestions.ts'
import { Dialog } from '../dialog.tsx'
import { Field } from '../field.tsx'
import { PeoplePicker } from '../people-picker.tsx'

interface NewConversation {
  readonly title: string
  readonly isOpen: boolean
  readonly memberIds: string[]
}

export interface CreateDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly suggest: Suggest
  /** Resolves with whether it was created; then the dialog closes. */
  readonly onCreate: (conversation: NewConversation) => Promise<boolean>
}

/** A conversation with a title, for everybody or for chosen people. */
export function CreateDialog({ isOpen, ...form }: CreateDialogProps): ReactElement {
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title="New conversation">
      <CreateForm {...form} />
    </Dialog>
  )
}

function CreateForm({ onClose, suggest, onCreate }: Omit<CreateDialogProps, 'isOpen'>): ReactElement {
  const [title, setTitle] = useState('')
  const [isForAll, setForAll] = useState(true)
  const [members, setMembers] = useState<readonly Suggestion[]>([])
  const [isBusy, setBusy] = useState(false)
  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    if (await onCreate({ title, isOpen: isForAll, memberIds: members.map(({ id }) => id) })) onClose()
    else setBusy(false)
  }
  const choose = (value: boolean) => ({ checked: isForAll === value, onChange: () => setForAll(value) })
  return (
    <form className="mr-create" onSubmit={(event) => void create(event)}>
      <Field label="Title" required maxLength={60} dir="auto" onChange={({ target }) => setTitle(target.value)} />
      <fieldset>
        <legend>Who may come in</legend>
        <Choice type="radio" {...choose(true)} label="Everybody" hint="People find it in the search." />
        <Choice type="radio" {...choose(false)} label="Only people that I choose" />
      </fieldset>
      <PeoplePicker label="Bring people in" suggest={suggest} chosen={members} onChange={setMembers} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        Create
      </Button>
    </form>
  )
}
