import { useCallback, useMemo, useState } from 'react'
import { Button, ConfirmDialog, EmptyState, failureText, ScrollLog, useIsVisible } from '@millrace/app-design'
import { useHistory, useOutbox, useRoom } from '@millrace/react'
import { chat, type InboxEntry, type Message, type PublicUser } from '../contract.ts'
import { MessageComposer, type Writing } from './message-composer.tsx'
import { MessageItem, type MessageActions } from './message-item.tsx'
import { withRequest, type MessageRow } from './message-rows.ts'
import { nameOf } from './use-inbox.ts'
import { useChatRequests } from './use-chat-requests.ts'
import { useReadMark } from './use-read-mark.ts'

interface ConversationViewProps {
  readonly id: string
  readonly me: PublicUser
  readonly entry: InboxEntry | undefined
}

const idOf = ({ id }: MessageRow): string => id

export function ConversationView({ id, me, entry }: ConversationViewProps) {
  const params = useMemo(() => ({ conversationId: id }), [id])
  const isVisible = useIsVisible()
  const joined = useRoom(chat, 'conversation', params, { presence: { status: isVisible ? 'active' : 'away' } })
  const { room } = joined
  const outbox = useOutbox(chat)
  const { open } = useChatRequests()
  const [writing, setWriting] = useState<Writing>({ kind: 'new' })
  const [deleting, setDeleting] = useState<Message>()
  const [isAtEnd, setAtEnd] = useState(true)
  const history = useHistory(joined, {
    event: 'message',
    id: ({ id: messageId }) => messageId,
    isNewer: (a, b) => a.rev > b.rev,
    compare: (a, b) => a.seq - b.seq,
    fromSnapshot: ({ messages, hasMore }) => ({ values: messages, hasMore }),
    older: async ({ seq }) => {
      const { messages, hasMore } = await room.request('message.list', { before: seq, limit: 100 })
      return { values: messages, hasMore }
    },
    fromAnswer: (...[name, answer]) =>
      name === 'message.list' || name === 'image.read' || name === 'read' ? undefined : answer,
    optimistic: (rows, request) => withRequest(me, rows, request),
  })
  const { rows } = history
  const firstUnread = useReadMark(room, entry, rows, isAtEnd)

  const actions = useMemo(
    (): MessageActions => ({
      write: setWriting,
      askDelete: setDeleting,
      react: (messageId, emoji, isOn) =>
        outbox.send('conversation', params, 'message.react', { id: messageId, emoji, isOn }),
      retry: (key) => outbox.retry(key),
      discard: (key) => outbox.discard(key),
    }),
    [outbox, params],
  )
  const draw = useCallback(
    (row: MessageRow, before: MessageRow | undefined) => (
      <MessageItem {...{ row, me, room, actions }} before={before?.value} isFirstUnread={row.id === firstUnread} />
    ),
    [me, room, actions, firstUnread],
  )

  if (joined.status === 'refused') {
    const join = async () => (await open('conversation.join', { id })) && joined.retry()
    return (
      <EmptyState
        icon="lock"
        title="You are not in this conversation"
        action={
          <Button variant="primary" onClick={() => void join()}>
            Join it
          </Button>
        }
      >
        {joined.error && failureText(joined.error)}
      </EmptyState>
    )
  }
  const name = entry ? nameOf(entry) : 'this conversation'
  return (
    <div className="chat-conversation">
      <ScrollLog
        label={`Messages in ${name}`}
        rows={rows}
        idOf={idOf}
        hasOlder={history.hasOlder && !history.olderError}
        isLoadingOlder={history.isLoadingOlder}
        onReachStart={() => void history.loadOlder()}
        onAtEnd={setAtEnd}
        isCounted={({ value }) => value.author.id !== me.id}
        isFollowed={({ value }) => value.author.id === me.id}
        empty={
          joined.status === 'joined' && (
            <EmptyState icon="message" title="Nobody has written here yet">
              Say hello.
            </EmptyState>
          )
        }
      >
        {draw}
      </ScrollLog>
      <MessageComposer
        key={writing.kind === 'edit' ? writing.message.id : ''}
        {...{ room, params, me, name, writing, setWriting }}
      />
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title="Delete this message?"
        confirmLabel="Delete"
        cancelLabel="Keep it"
        onConfirm={() => deleting && outbox.send('conversation', params, 'message.delete', { id: deleting.id })}
        onClose={() => setDeleting(undefined)}
      >
        Nobody will see its text or picture any more.
      </ConfirmDialog>
    </div>
  )
}
