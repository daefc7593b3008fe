import { memo } from 'react'
import { Avatar, Button, dayText, EmojiBar, IconButton, RichText, RowActions, Time } from '@millrace/app-design'
import { emoji, type Emoji, type Message, type PublicUser } from '../contract.ts'
import { changeFailure } from './failure-text.ts'
import type { Writing } from './message-composer.tsx'
import { MessagePicture } from './message-picture.tsx'
import { continues, isSameDay, type MessageRow } from './message-rows.ts'
import type { ConversationRoom } from './use-read-mark.ts'

export interface MessageActions {
  write(writing: Writing): void
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

export const MessageItem = memo(function MessageItem({
  row,
  before,
  isFirstUnread,
  me,
  room,
  actions,
}: MessageItemProps) {
  const { value: message, state, request } = row
  const { author, replyTo } = message
  const isContinued = !isFirstUnread && continues(before, message)
  const isMine = author.id === me.id
  const reactions = emoji.flatMap((one) => {
    const userIds = message.reactions.find((reaction) => reaction.emoji === one)?.userIds ?? []
    return userIds.length > 0 ? [{ one, count: userIds.length, isOn: userIds.includes(me.id) }] : []
  })
  const chosen = reactions.filter(({ isOn }) => isOn).map(({ one }) => one)
  const react = (one: Emoji, isOn: boolean): void => actions.react(message.id, one, isOn)
  const article = (
    <article
      className="chat-message"
      aria-label={`Message of ${author.name}`}
      data-continued={isContinued || undefined}
      data-state={state}
    >
      {!isContinued && <Avatar name={author.name} id={author.id} />}
      <div className="chat-message-body">
        {!isContinued && (
          <header className="chat-message-head">
            <bdi className="chat-author">{author.name}</bdi>
            <Time at={message.at} />
          </header>
        )}
        {replyTo && (
          <blockquote className="chat-quote">
            <bdi className="chat-author">{replyTo.author.name}</bdi>
            <span dir="auto">{replyTo.text || 'A picture'}</span>
          </blockquote>
        )}
        {message.isDeleted && <p className="chat-deleted">This message was deleted.</p>}
        {message.image && <MessagePicture row={row} room={room} />}
        {message.text !== '' && <RichText text={message.text} mentions={message.mentions} ownId={me.id} />}
        {message.editedAt !== null && !message.isDeleted && <span className="chat-note">edited</span>}
        {reactions.length > 0 && (
          <div className="chat-reactions" role="group" aria-label="Reactions">
            {reactions.map(({ one, count, isOn }) => (
              <button
                key={one}
                type="button"
                className="chat-reaction"
                aria-pressed={isOn}
                onClick={() => react(one, !isOn)}
              >
                {one} {count}
              </button>
            ))}
          </div>
        )}
        {state === 'pending' && <span className="chat-note">Waiting to be sent</span>}
        {request?.state === 'failed' && (
          <p className="chat-failed" role="status">
            {request.name === 'message.send' ? 'Not sent' : 'Not changed'}:{' '}
            {request.error && changeFailure(request.error)}
            <Button size="small" onClick={() => actions.retry(request.key)}>
              Try again
            </Button>
            <Button size="small" variant="quiet" onClick={() => actions.discard(request.key)}>
              Discard
            </Button>
          </p>
        )}
      </div>
    </article>
  )
  return (
    <>
      {!isSameDay(before, message) && (
        <h2 className="chat-line">
          <span>{dayText(message.at)}</span>
        </h2>
      )}
      {isFirstUnread && (
        <p className="chat-line chat-line--new">
          <span>New messages</span>
        </p>
      )}
      {message.isDeleted ? (
        article
      ) : (
        <RowActions label={`Actions for the message of ${author.name}`} row={article}>
          <EmojiBar label="React" emoji={emoji} chosen={chosen} onChoose={react} />
          <IconButton
            icon="reply"
            label="Reply"
            size="small"
            onClick={() => actions.write({ kind: 'reply', message })}
          />
          {isMine && (
            <IconButton
              icon="edit"
              label="Edit"
              size="small"
              onClick={() => actions.write({ kind: 'edit', message })}
            />
          )}
          {isMine && <IconButton icon="trash" label="Delete" size="small" onClick={() => actions.askDelete(message)} />}
        </RowActions>
      )}
    </>
  )
})
