import { useState } from 'react'
import { Button, Choice, Dialog, Field, PeoplePicker, type Suggestion } from '@millrace/app-design'
import { useOpen } from './use-open.ts'
import { useSuggestPeople } from './use-suggest-people.ts'

interface CreateDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function CreateDialog({ isOpen, onClose }: CreateDialogProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="New conversation">
      <CreateForm onClose={onClose} />
    </Dialog>
  )
}

function CreateForm({ onClose }: Pick<CreateDialogProps, 'onClose'>) {
  const [title, setTitle] = useState('')
  const [isOpen, setOpen] = useState(true)
  const [members, setMembers] = useState<readonly Suggestion[]>([])
  const [isBusy, setBusy] = useState(false)
  const open = useOpen()
  const suggest = useSuggestPeople()
  async function create(): Promise<void> {
    setBusy(true)
    if (await open('conversation.create', { title, isOpen, memberIds: members.map(({ id }) => id) })) onClose()
    else setBusy(false)
  }
  return (
    <form
      className="chat-create"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <Field
        label="Title"
        required
        maxLength={60}
        dir="auto"
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      <fieldset>
        <legend>Who may come in</legend>
        <Choice
          type="radio"
          name="who"
          checked={isOpen}
          onChange={() => setOpen(true)}
          label="Everybody"
          hint="People find it in the search."
        />
        <Choice
          type="radio"
          name="who"
          checked={!isOpen}
          onChange={() => setOpen(false)}
          label="Only people that I choose"
        />
      </fieldset>
      <PeoplePicker label="Bring people in" suggest={suggest} chosen={members} onChange={setMembers} />
      <Button type="submit" variant="primary" isBusy={isBusy}>
        Create
      </Button>
    </form>
  )
}
