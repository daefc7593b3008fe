import type { ReactElement } from 'react'
import { Avatar } from '../avatar.tsx'
import { IconTile } from '../icon-tile.tsx'
import { ListItem } from '../list-item.tsx'
import { List } from '../list.tsx'

export interface SearchResultsProps {
  /** Open ones that the reader is not in. Undefined: not known yet. */
  readonly conversations: readonly { readonly id: string; readonly title: string }[] | undefined
  readonly people: readonly { readonly id: string; readonly name: string }[] | undefined
  readonly hasFailed: boolean
  readonly onJoin: (id: string) => void
  readonly onWrite: (userId: string) => void
}

/** What a search found beyond one's own conversations. */
export function SearchResults(props: SearchResultsProps): ReactElement {
  const { conversations, people, hasFailed, onJoin, onWrite } = props
  const isNothing = conversations?.length === 0 && people?.length === 0
  return (
    <>
      {conversations && conversations.length > 0 && (
        <List label="Open conversations">
          {conversations.map(({ id, title }) => (
            <ListItem
              key={id}
              title={<bdi>{title}</bdi>}
              text="Join"
              leading={<IconTile name="hash" />}
              onSelect={() => onJoin(id)}
            />
          ))}
        </List>
      )}
      {people && people.length > 0 && (
        <List label="People">
          {people.map(({ id, name }) => (
            <ListItem
              key={id}
              title={<bdi>{name}</bdi>}
              text="Write to them"
              leading={<Avatar name={name} id={id} />}
              onSelect={() => onWrite(id)}
            />
          ))}
        </List>
      )}
      <output className="mr-search-note">
        {hasFailed ? 'The search needs a connection.' : isNothing ? 'Nothing else was found.' : ''}
      </output>
    </>
  )
}
