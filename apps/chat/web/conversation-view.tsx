import { useCallback, useMemo, useState } from 'react'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  failureText,
  MessageComposer,
  ScrollLog,
  useIsVisible,
  useReadMark,
  useRecent,
  type SentMessage,
  type Writing,
} from '@millrace/app-design'
import { useConnection, useEvent, useHistory, useOutbox, usePresence, useRoom } from '@millrace/react'
import { chat, maxImageBytes, maxTextLength, type InboxEntry, type Message, type PublicUser } from '../contract.ts'
import { MessageItem, type MessageActions } from './message-item.tsx'
import { withRequest, type MessageRow } from './message-rows.ts'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'

interface ConversationViewProps {
  readonly id: string
  readonly me: PublicUser
  readonly entry: InboxEntry | undefined
}

const idOf = ({ id }: MessageRow): string => id
const picture = { maxBytes: maxImageBytes, maxEdge: 1_600 }
const typingLastsMs = 6_000

export function ConversationView({ id, me, entry }: ConversationViewProps) {
  const params = useMemo(() => ({ conversationId: id }), [id])
  const status = useIsVisible() ? 'active' : 'away'
  const joined = useRoom(chat, 'conversation', params, { presence: { status } })
  const { room } = joined
  const isConnected = useConnection().state === 'connected'
  const outbox = useOutbox(chat)
  const { open, suggest } = useChatRequests()
  const [writing, setWriting] = useState<Writing<Message>>({ kind: 'new' })
  const [deleting, setDeleting] = useState<Message>()
  const [isAtEnd, setAtEnd] = useState(true)
  const history = useHistory(joined, {
    event: 'message',
    id: (message) => message.id,
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
  const look = useReadMark({
    shownSeq: rows.findLast(({ value }) => value.seq < Infinity)?.value.seq ?? 0,
    known: entry,
    isAtEnd,
    isConnected,
    say: useCallback((seq: number) => void room.tryRequest('read', { seq }), [room]),
  })
  const firstUnread = rows.find(({ value }) => value.seq > look.after && value.seq <= look.upTo)?.id
  const [typing, noteTyping] = useRecent<string | null>(typingLastsMs)
  useEvent(room, 'typing', ({ isTyping }, { from }) => noteTyping(from, isTyping))
  const typists = usePresence(room).members.filter((member) => member.id !== me.id && typing.has(member.id))

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
  function send({ text, mentions: ids, picture: image }: SentMessage): void {
    const mentions = [...ids]
    if (writing.kind === 'edit') {
      outbox.send('conversation', params, 'message.edit', { id: writing.message.id, text, mentions })
    } else {
      const replyTo = writing.kind === 'reply' ? writing.message.id : undefined
      outbox.send('conversation', params, 'message.send', { text, mentions, replyTo, image })
    }
  }

  if (joined.status === 'refused') {
    const join = async () => (await open('conversation.join', { id })) && joined.retry()
    const action = (
      <Button variant="primary" onClick={() => void join()}>
        Join it
      </Button>
    )
    return (
      <EmptyState icon="lock" title="You are not in this conversation" action={action}>
        {joined.error && failureText(joined.error)}
      </EmptyState>
    )
  }
  const name = entry ? nameOf(entry) : 'this conversation'
  const isEmpty = joined.status === 'joined' && !history.isLoadingOlder
  return (
    <>
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
        empty={isEmpty && <EmptyState icon="message" title="Nobody has written here yet" />}
      >
        {draw}
      </ScrollLog>
      <MessageComposer
        name={name}
        draftKey={id}
        writing={writing}
        onWriting={setWriting}
        onSend={send}
        maxLength={maxTextLength}
        picture={picture}
        suggest={suggest}
        onTyping={(isTyping) => room.publish('typing', { isTyping })}
        typists={typists.map(({ user }) => user.name)}
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
    </>
  )
}
