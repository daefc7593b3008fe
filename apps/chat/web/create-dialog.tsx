import { useState, type FormEvent } from 'react'
import { Button, Choice, Dialog, Field, PeoplePicker, type Suggestion } from '@millrace/app-design'
import { useChatRequests } from './use-chat-requests.ts'

export function CreateDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="New conversation">
      <CreateForm onCreated={onClose} />
    </Dialog>
  )
}

function CreateForm({ onCreated }: { readonly onCreated: () => void }) {
  const [title, setTitle] = useState('')
  const [isForAll, setForAll] = useState(true)
  const [members, setMembers] = useState<readonly Suggestion[]>([])
  const [isBusy, setBusy] = useState(false)
  const { open, suggest } = useChatRequests()
  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const memberIds = members.map(({ id }) => id)
    if (await open('conversation.create', { title, isOpen: isForAll, memberIds })) onCreated()
    else setBusy(false)
  }
  const choose = (value: boolean) => ({ checked: isForAll === value, onChange: () => setForAll(value) })
  return (
    <form className="chat-create" onSubmit={(event) => void create(event)}>
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
