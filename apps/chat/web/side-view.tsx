import { useDeferredValue, useState } from 'react'
import {
  Brand,
  ConversationItem,
  CreateDialog,
  Field,
  IconButton,
  List,
  SearchResults,
  SelfBar,
  SideBar,
  ThemeSwitch,
} from '@millrace/app-design'
import { useKeptRequests } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import favicon from './favicon.svg'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'
import { useSearch } from './use-search.ts'

interface SideViewProps {
  readonly me: PublicUser
  readonly entries: readonly InboxEntry[]
  readonly shownId: string | undefined
}

export function SideView({ me, entries, shownId }: SideViewProps) {
  const [text, setText] = useState('')
  const [isCreating, setCreating] = useState(false)
  const { open, suggest } = useChatRequests()
  const kept = useKeptRequests(chat)
  const query = useDeferredValue(text.trim().toLowerCase())
  const shown = entries.filter((entry) => nameOf(entry).toLowerCase().includes(query))
  const found = useSearch(query, entries)
  const clear = (): void => setText('')
  const header = (
    <>
      <Brand mark={favicon} href="../">
        <ThemeSwitch />
        <IconButton icon="plus" label="New conversation" onClick={() => setCreating(true)} />
      </Brand>
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
      <CreateDialog
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        suggest={suggest}
        onCreate={(made) => open('conversation.create', made)}
      />
    </>
  )
  return (
    <SideBar header={header} footer={<SelfBar me={me} waitingCount={kept.length} />}>
      {shown.length > 0 && (
        <List label="Conversations">
          {shown.map((entry) => (
            <ConversationItem
              key={entry.id}
              href={`#${entry.id}`}
              title={nameOf(entry)}
              person={entry.other}
              isOpenToAll={entry.kind === 'open'}
              isCurrent={entry.id === shownId}
              last={entry.last && { line: lineOf(entry, me), at: entry.last.at }}
              unreadCount={entry.lastSeq - entry.readSeq}
              mentionCount={entry.mentionCount}
              failedCount={
                kept.filter(({ params, state }) => state === 'failed' && params.conversationId === entry.id).length
              }
            />
          ))}
        </List>
      )}
      {query !== '' && (
        <SearchResults
          {...found}
          onJoin={(id) => void open('conversation.join', { id }).then(clear)}
          onWrite={(userId) => void open('direct.open', { userId }).then(clear)}
        />
      )}
    </SideBar>
  )
}

function lineOf({ kind, last }: InboxEntry, me: PublicUser): string {
  const author = last?.author.id === me.id ? 'You: ' : kind === 'direct' ? '' : `${last?.author.name}: `
  return author + (last?.text || 'Picture')
}
