import { useCallback, useEffect } from 'react'
import { AppShell, ConnectionBanner, EmptyState, useHash, useIsVisible, useNotices } from '@millrace/app-design'
import { useClient, useConnection, useKeptRequests } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { ConversationHeader } from './conversation-header.tsx'
import { ConversationView } from './conversation-view.tsx'
import { SideView } from './side-view.tsx'
import { nameOf, useInbox } from './use-inbox.ts'

export function ChatPage({ me }: { readonly me: PublicUser }) {
  const client = useClient()
  const state = useConnection()
  const waiting = useKeptRequests(chat)
  const notify = useNotices()
  const isVisible = useIsVisible()
  const hash = useHash()
  const id = /^[\w-]{1,64}$/.test(hash) ? hash : undefined
  const onMention = useCallback(
    (entry: InboxEntry) => {
      if (isVisible && entry.id === id) return
      notify({
        title: nameOf(entry),
        text: `${entry.last?.author.name} mentioned you: ${entry.last?.text}`,
        tag: entry.id,
        onOpen: () => void (location.hash = entry.id),
      })
    },
    [notify, isVisible, id],
  )
  const entries = useInbox(me, onMention)
  const entry = entries.find((each) => each.id === id)
  const unread = entries.reduce((sum, { lastSeq, readSeq }) => sum + lastSeq - readSeq, 0)
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${entry ? nameOf(entry) : 'Chat'} - Millrace`
  }, [unread, entry])
  const newest = entries[0]?.id
  useEffect(() => {
    // Beside the list there is room for a conversation.
    if (id === undefined && newest !== undefined && matchMedia('(min-width: 48rem)').matches)
      location.replace(`#${newest}`)
  }, [id, newest])

  return (
    <AppShell
      side={<SideView me={me} entries={entries} shownId={id} />}
      sideLabel="Conversations"
      view={id === undefined ? 'side' : 'main'}
      onBack={() => void (location.hash = '')}
      backLabel="All conversations"
      skipLabel="Skip to the conversation"
      header={id !== undefined && <ConversationHeader id={id} entry={entry} me={me} />}
    >
      <ConnectionBanner
        state={state}
        waitingCount={waiting.length}
        // Where it fails, the banner says so.
        onRetry={() => void client.connect().catch(() => {})}
      />
      {id === undefined ? (
        <EmptyState icon="message" title="Choose a conversation">
          Or begin one: with everybody, with a few, or with one person.
        </EmptyState>
      ) : (
        <ConversationView key={id} id={id} me={me} entry={entry} />
      )}
    </AppShell>
  )
}
