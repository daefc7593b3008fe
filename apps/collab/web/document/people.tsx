import { Avatar, Button, Dialog, List, ListItem } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import type { PublicUser } from '../../contract.ts'
import type { Person } from './use-people.ts'

interface PeopleProps {
  readonly people: readonly Person[]
  readonly me: PublicUser
  readonly onGoTo: (person: Person) => void
}

/** Discs beside each other before the rest becomes a number. */
const mostShown = 4

/** Who is here; a click leads to where they are in the text. */
export function People({ people, me, onGoTo }: PeopleProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="people">
      <ul className="people-discs" aria-label="People here">
        {people.slice(0, mostShown).map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="people-disc"
              title={person.name}
              aria-label={person.clientId === undefined ? person.name : `${person.name}: go to their cursor`}
              onClick={() => onGoTo(person)}
            >
              <Avatar name={person.name} id={person.id} size="small" />
            </button>
          </li>
        ))}
      </ul>
      <Button
        variant="quiet"
        size="small"
        icon="people"
        aria-label={`${people.length + 1} here, show who`}
        onClick={() => setOpen(true)}
      >
        {people.length + 1}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Here now" size="small">
        <List label="People who are here" isLabelHidden>
          <ListItem title={<bdi>{me.name} (you)</bdi>} leading={<Avatar name={me.name} id={me.id} />} />
          {people.map((person) => (
            <ListItem
              key={person.id}
              title={<bdi>{person.name}</bdi>}
              leading={<Avatar name={person.name} id={person.id} />}
              actions={
                person.clientId !== undefined && (
                  <Button
                    size="small"
                    onClick={() => {
                      setOpen(false)
                      onGoTo(person)
                    }}
                  >
                    Go to their cursor
                  </Button>
                )
              }
            />
          ))}
        </List>
      </Dialog>
    </div>
  )
}
