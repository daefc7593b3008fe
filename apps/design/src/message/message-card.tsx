import { useState, type ReactElement } from 'react'
import { Avatar } from '../avatar.tsx'
import { RowActions } from '../row-actions.tsx'
import { Time } from '../time.tsx'
import type { CardMessage, CardState } from './card-message.ts'
import { FailedNote } from './failed-note.tsx'
import { DayLine, NewLine } from './log-line.tsx'
import { MessageBody } from './message-body.tsx'
import { MessageButtons } from './message-buttons.tsx'
import { reactionCounts, Reactions } from './reactions.tsx'
import { continues, isSameDay, type Said } from './said.ts'

export interface MessageCardProps<Emoji extends string> {
  readonly message: CardMessage
  /** The one above it: decides whether the name and a day are shown. */
  readonly before: Said | undefined
  /** A line above it says that what is new begins here. */
  readonly isFirstUnread: boolean
  /** Of the reader, who is offered to edit and delete what they wrote. */
  readonly ownId: string
  /** Those that are offered. */
  readonly emoji: readonly Emoji[]
  readonly state: CardState
  /** What did not work and why. */
  readonly failure?: string | undefined
  /** The picture, where it was not sent yet. */
  readonly unsentPicture: Uint8Array | undefined
  /** Keep the function's identity. */
  readonly readPicture: (id: string) => Promise<Uint8Array>
  readonly onReact: (emoji: Emoji, isOn: boolean) => void
  readonly onWrite: (kind: 'reply' | 'edit') => void
  readonly onDelete: () => void
  readonly onRetry: () => void
  readonly onDiscard: () => void
}

/** A message in a log, under its author's name where it does not continue the one before it. */
export function MessageCard<Emoji extends string>(props: MessageCardProps<Emoji>): ReactElement {
  const { message, before, isFirstUnread, ownId, emoji, state, failure, unsentPicture, readPicture, onReact } = props
  const { author, at, replyTo, isDeleted } = message
  const [isOver, setOver] = useState(false)
  const isContinued = !isFirstUnread && !replyTo && continues(before, message)
  const reactions = reactionCounts(emoji, message.reactions, ownId)
  return (
    <>
      {!isSameDay(before, message) && <DayLine at={at} />}
      {isFirstUnread && <NewLine />}
      <article
        className="mr-message"
        aria-label={`Message of ${author.name}`}
        data-continued={isContinued || undefined}
        data-pending={state === 'pending' || undefined}
        // Not when it enters: React does not hear of that where what was under the mouse before is gone.
        onPointerMove={({ pointerType }) => setOver(pointerType === 'mouse')}
        onPointerLeave={() => setOver(false)}
      >
        {!isContinued && <Avatar name={author.name} id={author.id} />}
        <div className="mr-message-body">
          {!isContinued && (
            <header className="mr-message-head">
              <bdi className="mr-message-author">{author.name}</bdi>
              <Time at={at} />
            </header>
          )}
          <MessageBody message={message} ownId={ownId} unsentPicture={unsentPicture} readPicture={readPicture} />
          <Reactions reactions={reactions} onChoose={onReact} />
          {state === 'pending' && <span className="mr-message-note">Waiting to be sent</span>}
          {failure !== undefined && <FailedNote text={failure} onRetry={props.onRetry} onDiscard={props.onDiscard} />}
        </div>
        {!isDeleted && (
          <RowActions label={`Actions for the message of ${author.name}`} isOver={isOver}>
            <MessageButtons
              emoji={emoji}
              chosen={reactions.filter(({ isOwn }) => isOwn).map((reaction) => reaction.emoji)}
              isOwn={author.id === ownId}
              onReact={onReact}
              onWrite={props.onWrite}
              onDelete={props.onDelete}
            />
          </RowActions>
        )}
      </article>
    </>
  )
}
