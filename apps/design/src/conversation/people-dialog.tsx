import type { ReactElement } from 'react'
import { Avatar } from '../avatar.tsx'
import { Button } from '../button.tsx'
import { Dialog } from '../dialog.tsx'
import { ListItem } from '../list-item.tsx'
import { List } from '../list.tsx'

export interface PresentPerson {
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'away'
}

export interface PeopleDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly people: readonly PresentPerson[]
  readonly ownId: string
  /** Somebody else is to be written to; the dialog closes. */
  readonly onWrite: (id: string) => void
}

/** Who is here. */
export function PeopleDialog({ isOpen, onClose, people, ownId, onWrite }: PeopleDialogProps): ReactElement {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Here now" size="small">
      <List label="People who are here" isLabelHidden>
        {people.map(({ id, name, status }) => (
          <ListItem
            key={id}
            title={<bdi>{id === ownId ? `${name} (you)` : name}</bdi>}
            text={status === 'active' ? 'Here' : 'Away'}
            leading={<Avatar name={name} id={id} status={status} />}
            actions={
              id !== ownId && (
                <Button
                  size="small"
                  onClick={() => {
                    onClose()
                    onWrite(id)
                  }}
                >
                  {`Message ${name}`}
                </Button>
              )
            }
          />
        ))}
      </List>
    </Dialog>
  )
}
