import { memo, useCallback } from 'react'
import {
  EmojiBar,
  failureText,
  IconButton,
  MessageCard,
  Picture,
  Reactions,
  RichText,
  useFile,
  type Writing,
} from '@millrace/app-design'
import { emoji, type Emoji, type Message, type PublicUser } from '../contract.ts'
import type { ConversationRoom, MessageRow } from './message-rows.ts'

export interface MessageActions {
  write(writing: Writing<Message>): void
  askDelete(message: Message): void
  react(id: string, emoji: Emoji, isOn: boolean): void
  retry(key: string): void
  discard(key: string): void
}

interface MessageItemProps {
  readonly row: MessageRow
  readonly before: Message | undefined
  readonly isFirstUnread: boolean
  readonly me: PublicUser
  readonly room: ConversationRoom
  readonly actions: MessageActions
}

export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { row, before, isFirstUnread, me, room, actions } = props
  const { value: message, state, request } = row
  const { id, text, author, mentions, replyTo, image, isDeleted } = message
  const reactions = emoji.flatMap((one) => {
    const userIds = message.reactions.find((reaction) => reaction.emoji === one)?.userIds ?? []
    return userIds.length > 0 ? [{ emoji: one, count: userIds.length, isOwn: userIds.includes(me.id) }] : []
  })
  const chosen = reactions.filter(({ isOwn }) => isOwn).map((reaction) => reaction.emoji)
  const react = (one: Emoji, isOn: boolean): void => actions.react(id, one, isOn)
  const write = (kind: 'reply' | 'edit') => () => actions.write({ kind, message })
  const unsent = (request?.input as { readonly image?: Uint8Array } | undefined)?.image
  const failure =
    state === 'failed' &&
    `${request?.name === 'message.send' ? 'Not sent' : 'Not changed'}. ${failureText(request?.error)}`
  return (
    <MessageCard
      message={message}
      before={before}
      isFirstUnread={isFirstUnread}
      quote={replyTo && { author: replyTo.author, text: replyTo.text || 'A picture' }}
      isPending={state === 'pending'}
      note={state === 'pending' ? 'Waiting to be sent' : message.editedAt && !isDeleted ? 'edited' : undefined}
      {...(failure !== false && { failure })}
      onRetry={() => request && actions.retry(request.key)}
      onDiscard={() => request && actions.discard(request.key)}
      actions={
        !isDeleted && (
          <>
            <EmojiBar label="Add a reaction" emoji={emoji} chosen={chosen} onChoose={react} />
            <IconButton icon="reply" label="Reply" size="small" onClick={write('reply')} />
            {author.id === me.id && (
              <>
                <IconButton icon="edit" label="Edit" size="small" onClick={write('edit')} />
                <IconButton icon="trash" label="Delete" size="small" onClick={() => actions.askDelete(message)} />
              </>
            )}
          </>
        )
      }
    >
      {isDeleted && <p className="chat-gone">This message was deleted.</p>}
      {text !== '' && <RichText text={text} mentions={mentions} ownId={me.id} />}
      {image && <MessagePicture {...image} room={room} unsent={unsent} label={`Picture from ${author.name}`} />}
      <Reactions reactions={reactions} onChoose={react} />
    </MessageCard>
  )
})

interface MessagePictureProps {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly room: ConversationRoom
  readonly unsent: Uint8Array | undefined
  readonly label: string
}

function MessagePicture({ id, width, height, room, unsent, label }: MessagePictureProps) {
  const read = useCallback((imageId: string) => room.request('image.read', { id: imageId }), [room])
  const file = useFile(unsent ? undefined : id, read)
  if (file === 'failed') return <p className="chat-gone">This picture could not be loaded.</p>
  return <Picture bytes={unsent ?? file} width={width} height={height} label={label} />
}
