import { useDeferredValue, useState } from 'react'
import { ConversationItem, Field, IconButton, List, SelfBar, SideBar, ThemeSwitch } from '@millrace/app-design'
import { useKeptRequests } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { CreateDialog } from './create-dialog.tsx'
import favicon from './favicon.svg'
import { SearchResults } from './search-results.tsx'
import { nameOf } from './use-inbox.ts'

interface SideViewProps {
  readonly me: PublicUser
  readonly entries: readonly InboxEntry[]
  readonly shownId: string | undefined
}

export function SideView({ me, entries, shownId }: SideViewProps) {
  const [text, setText] = useState('')
  const [isCreating, setCreating] = useState(false)
  const kept = useKeptRequests(chat)
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
        <SearchResults query={query} known={new Set(entries.map(({ id }) => id))} onChosen={() => setText('')} />
      )}
    </SideBar>
  )
}

function lineOf({ kind, last }: InboxEntry, me: PublicUser): string {
  const author = last?.author.id === me.id ? 'You: ' : kind === 'direct' ? '' : `${last?.author.name}: `
  return author + (last?.text || 'Picture')
}
