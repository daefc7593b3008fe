import { useDeferredValue, useEffect, useState } from 'react'
import {
  Avatar,
  Badge,
  Field,
  IconButton,
  IconTile,
  List,
  ListItem,
  SelfBar,
  SideBar,
  ThemeSwitch,
  Time,
} from '@millrace/app-design'
import { useNamespace, useRequest } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { CreateDialog } from './create-dialog.tsx'
import favicon from './favicon.svg'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'

interface SideViewProps {
  readonly me: PublicUser
  readonly entries: readonly InboxEntry[]
  readonly shownId: string | undefined
  readonly waitingCount: number
}

export function SideView({ me, entries, shownId, waitingCount }: SideViewProps) {
  const [text, setText] = useState('')
  const [isCreating, setCreating] = useState(false)
  const query = useDeferredValue(text.trim().toLowerCase())
  const shown = entries.filter((entry) => nameOf(entry).toLowerCase().includes(query))
  const header = (
    <>
      <div className="chat-brand">
        <a href="../">
          <img src={favicon} alt="" width="24" height="24" /> Millrace
        </a>
        <ThemeSwitch />
        <IconButton icon="plus" label="New conversation" onClick={() => setCreating(true)} />
      </div>
      <Field
        label="Search conversations and people"
        isLabelHidden
        placeholder="Search"
        type="search"
        icon="search"
        maxLength={60}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <CreateDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  )
  return (
    <SideBar header={header} footer={<SelfBar me={me} waitingCount={waitingCount} />}>
      {shown.length > 0 && (
        <List label="Conversations">
          {shown.map((entry) => (
            <InboxItem key={entry.id} entry={entry} me={me} isCurrent={entry.id === shownId} />
          ))}
        </List>
      )}
      {query !== '' && (
        <Found query={query} known={new Set(entries.map(({ id }) => id))} onChosen={() => setText('')} />
      )}
    </SideBar>
  )
}

interface InboxItemProps {
  readonly entry: InboxEntry
  readonly me: PublicUser
  readonly isCurrent: boolean
}

function InboxItem({ entry, me, isCurrent }: InboxItemProps) {
  const { id, kind, other, last, mentionCount } = entry
  const unread = entry.lastSeq - entry.readSeq
  const author = last?.author.id === me.id ? 'You: ' : kind === 'direct' ? '' : `${last?.author.name}: `
  return (
    <ListItem
      href={`#${id}`}
      isCurrent={isCurrent}
      isUnread={unread > 0}
      title={<bdi>{nameOf(entry)}</bdi>}
      text={<bdi>{last ? author + (last.text || 'Picture') : 'No messages yet'}</bdi>}
      meta={last && <Time at={last.at} format="short" />}
      leading={
        other ? <Avatar name={other.name} id={other.id} /> : <IconTile name={kind === 'open' ? 'hash' : 'lock'} />
      }
      trailing={
        <>
          {mentionCount > 0 && (
            <Badge tone="mention" label={`${mentionCount} mentions of you`}>
              @
            </Badge>
          )}
          {unread > 0 && (
            <Badge tone="accent" label={`${unread} unread`}>
              {unread}
            </Badge>
          )}
        </>
      }
    />
  )
}

interface FoundProps {
  readonly query: string
  readonly known: ReadonlySet<string>
  readonly onChosen: () => void
}

/** What a search finds beyond the user's own conversations. */
function Found({ query, known, onChosen }: FoundProps) {
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
