import { useEffect } from 'react'
import { Avatar, IconTile, List, ListItem } from '@millrace/app-design'
import { useNamespace, useRequest } from '@millrace/react'
import { chat } from '../contract.ts'
import { useChatRequests } from './use-chat-requests.ts'

interface SearchResultsProps {
  readonly query: string
  readonly known: ReadonlySet<string>
  readonly onChosen: () => void
}

/** What a search finds beyond the user's own conversations. */
export function SearchResults({ query, known, onChosen }: SearchResultsProps) {
  const namespace = useNamespace(chat)
  const { open } = useChatRequests()
  const people = useRequest(namespace, 'people.search')
  const conversations = useRequest(namespace, 'conversation.search')
  const asks = [people.ask, conversations.ask]
  useEffect(() => {
    for (const ask of asks) void ask({ query })
    // eslint-disable-next-line react/exhaustive-deps -- the functions stay the same
  }, [query])
  const others = conversations.data?.filter(({ id }) => !known.has(id)) ?? []
  const isNothing = people.data?.length === 0 && others.length === 0
  return (
    <>
      {others.length > 0 && (
        <List label="Open conversations">
          {others.map(({ id, title }) => (
            <ListItem
              key={id}
              title={<bdi>{title}</bdi>}
              text="Join"
              leading={<IconTile name="hash" />}
              onSelect={() => void open('conversation.join', { id }).then(onChosen)}
            />
          ))}
        </List>
      )}
      {people.data && people.data.length > 0 && (
        <List label="People">
          {people.data.map(({ id, name }) => (
            <ListItem
              key={id}
              title={<bdi>{name}</bdi>}
              text="Write to them"
              leading={<Avatar name={name} id={id} />}
              onSelect={() => void open('direct.open', { userId: id }).then(onChosen)}
            />
          ))}
        </List>
      )}
      <output className="chat-small">
        {people.error ? 'The search needs a connection.' : isNothing ? 'Nothing else was found.' : ''}
      </output>
    </>
  )
}
