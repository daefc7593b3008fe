import { useState, type ReactElement, type ReactNode } from 'react'
import { Avatar } from '../avatar.tsx'
import { Button } from '../button.tsx'
import { RowActions } from '../row-actions.tsx'
import { Time } from '../time.tsx'
import { DayLine, NewLine } from './log-line.tsx'
import { continues, isSameDay, type Said } from './said.ts'

export interface Quoted {
  readonly author: Said['author']
  readonly text: string
}

export interface MessageCardProps {
  readonly message: Said
  /** The one above it: decides whether the name and a day are shown. */
  readonly before: Said | undefined
  /** A line above it says that what is new begins here. */
  readonly isFirstUnread?: boolean
  readonly quote?: Quoted | null
  readonly children: ReactNode
  /** Small, below it: `edited`. */
  readonly note?: string | undefined
  readonly isPending?: boolean
  /** What did not work and why. */
  readonly failure?: string | undefined
  readonly onRetry?: () => void
  readonly onDiscard?: () => void
  /** Buttons; without any there is no bar of actions. */
  readonly actions?: ReactNode
}

/** One row of a log of messages, under its author's name where it does not continue the one before it. */
export function MessageCard(props: MessageCardProps): ReactElement {
  const { message, before, isFirstUnread = false, quote, children, note, isPending = false, failure, actions } = props
  const { author, at } = message
  const [isOver, setOver] = useState(false)
  const isContinued = !isFirstUnread && !quote && continues(before, message)
  return (
    <>
      {!isSameDay(before, message) && <DayLine at={at} />}
      {isFirstUnread && <NewLine />}
      <article
        className="mr-message"
        aria-label={`Message of ${author.name}`}
        data-continued={isContinued || undefined}
        data-pending={isPending || undefined}
        onPointerEnter={({ pointerType }) => setOver(pointerType === 'mouse')}
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
          {quote && (
            <blockquote className="mr-message-quote">
              <bdi className="mr-message-author">{quote.author.name}</bdi>
              <span dir="auto">{quote.text}</span>
            </blockquote>
          )}
          {children}
          {note !== undefined && <span className="mr-message-note">{note}</span>}
          {failure !== undefined && (
            <div className="mr-message-failed" role="alert">
              <span>{failure}</span>
              <Button size="small" onClick={props.onRetry}>
                Try again
              </Button>
              <Button size="small" variant="quiet" onClick={props.onDiscard}>
                Discard
              </Button>
            </div>
          )}
        </div>
        {actions && (
          <RowActions label={`Actions for the message of ${author.name}`} isOver={isOver}>
            {actions}
          </RowActions>
        )}
      </article>
    </>
  )
}
