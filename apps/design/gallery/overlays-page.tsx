import { Button, Dialog, Field, Menu } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { Page, Specimen } from './specimen.tsx'

const filler = 'A dialog that is longer than the window scrolls between its title and its buttons. '

export function OverlaysPage(): ReactElement {
  const [open, setOpen] = useState<'create' | 'delete' | 'long'>()
  const [did, setDid] = useState('nothing')
  const close = (): void => setOpen(undefined)
  return (
    <Page>
      <Specimen title="Dialogs">
        <Button variant="primary" onClick={() => setOpen('create')}>
          New conversation
        </Button>
        <Button onClick={() => setOpen('delete')}>Delete something</Button>
        <Button onClick={() => setOpen('long')}>Something long</Button>
      </Specimen>
      <Specimen title="Menus">
        <Menu
          label="Actions for the message of Ada"
          items={[
            { label: 'Reply', icon: 'reply', onSelect: () => setDid('reply') },
            { label: 'Edit', icon: 'edit', onSelect: () => setDid('edit') },
            { label: 'Copy the link', icon: 'link', isDisabled: true, onSelect: () => setDid('copy') },
            { label: 'Delete', icon: 'trash', tone: 'danger', onSelect: () => setOpen('delete') },
          ]}
        />
        <p>
          Chosen: <output>{did}</output>
        </p>
      </Specimen>
      <Dialog
        isOpen={open === 'create'}
        onClose={close}
        title="New conversation"
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" onClick={close}>
              Create
            </Button>
          </>
        }
      >
        <Field label="Title" hint="What it is about." />
      </Dialog>
      <Dialog
        isOpen={open === 'delete'}
        onClose={close}
        size="small"
        title="Delete this message?"
        footer={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button variant="danger" onClick={close}>
              Delete
            </Button>
          </>
        }
      >
        <p>Everybody in the conversation will see that a message was here.</p>
      </Dialog>
      <Dialog isOpen={open === 'long'} onClose={close} title="Something long" size="large">
        <p>{filler.repeat(60)}</p>
      </Dialog>
    </Page>
  )
}
