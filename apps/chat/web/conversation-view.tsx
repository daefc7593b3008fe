import { useCallback, useMemo, useState } from 'react'
import {
  Button,
  EmptyState,
  failureText,
  MessageComposer,
  MessageLog,
  useIsVisible,
  useReadMark,
  useRecent,
  useRemembered,
  type MessageActions,
  type SentMessage,
  type Writing,
} from '@millrace/app-design'
import { useConnection, useEvent, useHistory, useOutbox, usePresence, useRoom } from '@millrace/react'
import { chat, emoji, maxImageBytes, maxTextLength, Message } from '../contract.ts'
import type { Emoji, InboxEntry, PublicUser } from '../contract.ts'
import { withRequest, type MessageRow } from './message-rows.ts'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'

interface ConversationViewProps {
  readonly id: string
  readonly me: PublicUser
  readonly entry: InboxEntry | undefined
}

const picture = { maxBytes: maxImageBytes, maxEdge: 1_600 }
const typingLastsMs = 6_000
const readMessages = (stored: unknown): Message[] | undefined => Message.array().safeParse(stored).data
const isStored = ({ state }: MessageRow): boolean => state === 'stored'
const valueOf = ({ value }: MessageRow): Message => value

export function ConversationView({ id, me, entry }: ConversationViewProps) {
  const params = useMemo(() => ({ conversationId: id }), [id])
  const status = useIsVisible() ? 'active' : 'away'
  const joined = useRoom(chat, 'conversation', params, { presence: { status } })
  const { room } = joined
  const place = `chat messages ${me.id} ${id}`
  const isConnected = useConnection().state === 'connected'
  const outbox = useOutbox(chat)
  const { open, suggest } = useChatRequests()
  const [writing, setWriting] = useState<Writing<Message>>({ kind: 'new' })
  const [isAtEnd, setAtEnd] = useState(true)
  const history = useHistory(joined, {
    event: 'message',
    initial: useRemembered(place, undefined, readMessages) ?? [],
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
  const isKnown = joined.status === 'joined'
  const newest = useMemo(
    () => (isKnown ? rows.slice(-100).filter(isStored).slice(-50).map(valueOf) : undefined),
    [rows, isKnown],
  )
  useRemembered(place, newest, readMessages)
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

  const actions = useMemo((): MessageActions<Message, Emoji> => {
    return {
      write: setWriting,
      delete: (messageId) => void outbox.send('conversation', params, 'message.delete', { id: messageId }),
      react: (messageId, one, isOn) =>
        void outbox.send('conversation', params, 'message.react', { id: messageId, emoji: one, isOn }),
      retry: (key) => outbox.retry(key),
      discard: (key) => outbox.discard(key),
      readPicture: (imageId) => room.request('image.read', { id: imageId }),
    }
  }, [outbox, params, room])
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
      <MessageLog
        label={`Messages in ${name}`}
        rows={rows}
        ownId={me.id}
        firstUnread={firstUnread}
        emoji={emoji}
        sendName="message.send"
        actions={actions}
        hasOlder={history.hasOlder && !history.olderError}
        isLoadingOlder={history.isLoadingOlder}
        onReachStart={() => void history.loadOlder()}
        onAtEnd={setAtEnd}
        empty={isEmpty && <EmptyState icon="message" title="Nobody has written here yet" />}
      />
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
    </>
  )
}
