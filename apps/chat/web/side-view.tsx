import { useDeferredValue, useEffect, useState } from 'react'
import { Avatar, Badge, Field, Icon, IconButton, List, ListItem, SideBar, Time } from '@millrace/app-design'
import { useNamespace, useRequest } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { CreateDialog } from './create-dialog.tsx'
import { SelfBar } from './self-bar.tsx'
import { nameOf } from './use-inbox.ts'
import { useOpen } from './use-open.ts'
import favicon from './favicon.svg'

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
  return (
    <SideBar
      header={
        <>
          <div className="chat-brand">
            <a href="../">
              <img src={favicon} alt="" width="24" height="24" /> Millrace
            </a>
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
      }
      footer={<SelfBar me={me} waitingCount={waitingCount} />}
    >
      {shown.length > 0 && (
        <List label="Conversations">
          {shown.map((entry) => (
            <InboxItem key={entry.id} entry={entry} me={me} isCurrent={entry.id === shownId} />
          ))}
        </List>
      )}
      {query !== '' && <Found query={query} entries={entries} onChosen={() => setText('')} />}
    </SideBar>
  )
}

function InboxItem({
  entry,
  me,
  isCurrent,
}: {
  readonly entry: InboxEntry
  readonly me: PublicUser
  readonly isCurrent: boolean
}) {
  const { id, kind, other, last, lastSeq, readSeq, mentionCount } = entry
  const unread = lastSeq - readSeq
  const said = last && (last.text || 'Picture')
  const author = last?.author.id === me.id ? 'You: ' : kind === 'direct' ? '' : `${last?.author.name}: `
  return (
    <ListItem
      href={`#${id}`}
      isCurrent={isCurrent}
      isUnread={unread > 0}
      title={<bdi>{nameOf(entry)}</bdi>}
      text={<span dir="auto">{last ? `${author}${said}` : 'No messages yet'}</span>}
      meta={last && <Time at={last.at} format="short" />}
      leading={kind === 'direct' ? <Avatar name={nameOf(entry)} id={other?.id ?? me.id} /> : <KindIcon kind={kind} />}
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

function KindIcon({ kind }: Pick<InboxEntry, 'kind'>) {
  return (
    <span className="chat-kind">
      <Icon name={kind === 'open' ? 'hash' : 'lock'} />
    </span>
  )
}

/** What a search finds beyond the user's own conversations. */
function Found({
  query,
  entries,
  onChosen,
}: {
  readonly query: string
  readonly entries: readonly InboxEntry[]
  readonly onChosen: () => void
}) {
  const namespace = useNamespace(chat)
  const { ask: askPeople, ...people } = useRequest(namespace, 'people.search')
  const { ask: askOpen, ...conversations } = useRequest(namespace, 'conversation.search')
  const open = useOpen()
  useEffect(() => {
    void askPeople({ query })
    void askOpen({ query })
  }, [askPeople, askOpen, query])
  const others = conversations.data?.filter(({ id }) => !entries.some((entry) => entry.id === id)) ?? []
  const hasFailed = people.error !== undefined || conversations.error !== undefined
  return (
    <>
      {others.length > 0 && (
        <List label="Open conversations">
          {others.map(({ id, title, kind }) => (
            <ListItem
              key={id}
              title={<bdi>{title}</bdi>}
              text="Join"
              leading={<KindIcon kind={kind} />}
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
      <p className="chat-small" role="status">
        {hasFailed
          ? 'The search needs a connection.'
          : people.data?.length === 0 && others.length === 0
            ? 'Nothing else was found.'
            : ''}
      </p>
    </>
  )
}
