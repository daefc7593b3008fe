import { Avatar, Badge, EmptyState, Button, IconButton, List, ListItem, Menu } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { people } from './people.ts'
import { Page, Specimen } from './specimen.tsx'

const sizes = ['small', 'medium', 'large'] as const

export function ListsPage(): ReactElement {
  return (
    <Page>
      <Specimen title="Avatars">
        {people.map(({ id, name }) => (
          <Avatar key={id} id={id} name={name} />
        ))}
        {sizes.map((size) => (
          <Avatar key={size} name="Grace Hopper" size={size} status="active" />
        ))}
        <Avatar name="Alan Turing" status="away" />
      </Specimen>
      <div className="narrow">
        <List label="Conversations" action={<IconButton icon="plus" label="New conversation" size="small" />}>
          <ListItem
            href="#lists"
            title="General"
            text="Grace: the compiler works!"
            meta="14:05"
            leading={<Avatar name="General" />}
            isCurrent
          />
          <ListItem
            href="#lists"
            title="Ada Lovelace"
            text="See note G, and bring the cards with you when you come"
            meta="13:41"
            leading={<Avatar id="u1" name="Ada Lovelace" status="active" />}
            trailing={
              <Badge tone="accent" label="3 unread">
                3
              </Badge>
            }
            isUnread
          />
          <ListItem
            href="#lists"
            title="Bombe, and whatever else it takes to read what was never meant for us"
            text="@you: tonight?"
            meta="Yesterday"
            leading={<Avatar name="Bombe" />}
            trailing={
              <Badge tone="mention" label="1 mention">
                @1
              </Badge>
            }
            isUnread
          />
        </List>
        <List label="Here now">
          {people.slice(0, 4).map(({ id, name }, index) => (
            <ListItem
              key={id}
              title={<bdi>{name}</bdi>}
              text={index === 3 ? 'away' : undefined}
              leading={<Avatar id={id} name={name} size="small" status={index === 3 ? 'away' : 'active'} />}
              isMuted={index === 3}
              actions={<Menu label={`Actions for ${name}`} items={[{ label: 'Write to them', onSelect: () => {} }]} />}
            />
          ))}
        </List>
      </div>
      <Specimen title="Nothing here">
        <EmptyState icon="message" title="No messages yet" action={<Button variant="primary">Say hello</Button>}>
          What you write arrives once and in order, whatever happens to the server.
        </EmptyState>
      </Specimen>
    </Page>
  )
}
