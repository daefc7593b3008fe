import { memo, useCallback, useMemo, useState, type ReactElement, type ReactNode } from 'react'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { failureText } from '../failure-text.ts'
import type { CardMessage, CardState } from '../message/card-message.ts'
import { MessageCard } from '../message/message-card.tsx'
import type { ScrollLogProps } from '../scroll-log/scroll-log-props.ts'
import { ScrollLog } from '../scroll-log/scroll-log.tsx'
import type { Writing } from './message-composer.tsx'

/** What the log of messages needs of a row of `useHistory`. */
export interface MessageRow<Message extends CardMessage> {
  readonly id: string
  readonly value: Message
  readonly state: CardState
  /** What waits or has failed. */
  readonly request?: { readonly key: string; readonly name: string; readonly input: unknown; readonly error: unknown }
}

/** Keep the object's identity: another one draws every row again. */
export interface MessageActions<Message, Emoji extends string> {
  write(writing: Writing<Message>): void
  delete(id: string): void
  react(id: string, emoji: Emoji, isOn: boolean): void
  retry(key: string): void
  discard(key: string): void
  readonly readPicture: (id: string) => Promise<Uint8Array>
}

type LogProps = Pick<ScrollLogProps<unknown>, 'label' | 'hasOlder' | 'isLoadingOlder' | 'onReachStart' | 'onAtEnd'>

export interface MessageLogProps<Message extends CardMessage, Emoji extends string> extends LogProps {
  readonly rows: readonly MessageRow<Message>[]
  readonly ownId: string
  /** The row that the line "New messages" stands above. */
  readonly firstUnread: string | undefined
  /** Those that are offered as reactions. */
  readonly emoji: readonly Emoji[]
  /** The name of the request that made a row, against those that change one. */
  readonly sendName: string
  readonly actions: MessageActions<Message, Emoji>
  readonly empty: ReactNode
}

const idOf = ({ id }: { readonly id: string }): string => id

/** The messages of a conversation, with everything that can be done to one. Asks before it deletes. */
export function MessageLog<Message extends CardMessage, Emoji extends string>(
  props: MessageLogProps<Message, Emoji>,
): ReactElement {
  const { ownId, firstUnread, emoji, sendName, actions, ...log } = props
  const [deleting, setDeleting] = useState<string>()
  const shared = useMemo(
    () => ({ ownId, emoji, sendName, actions, askDelete: setDeleting }),
    [ownId, emoji, sendName, actions],
  )
  const draw = useCallback(
    (row: MessageRow<Message>, before: MessageRow<Message> | undefined) => (
      <LogMessage row={row} before={before?.value} isFirstUnread={row.id === firstUnread} shared={shared as Shared} />
    ),
    [shared, firstUnread],
  )
  const isOwn = ({ value }: MessageRow<Message>): boolean => value.author.id === ownId
  return (
    <>
      <ScrollLog {...log} idOf={idOf} isCounted={(row) => !isOwn(row)} isFollowed={isOwn}>
        {draw}
      </ScrollLog>
      <ConfirmDialog
        isOpen={deleting !== undefined}
        title="Delete this message?"
        confirmLabel="Delete"
        cancelLabel="Keep it"
        onConfirm={() => deleting !== undefined && actions.delete(deleting)}
        onClose={() => setDeleting(undefined)}
      >
        Nobody will see its text or picture any more.
      </ConfirmDialog>
    </>
  )
}

type Shared = Pick<MessageLogProps<CardMessage, string>, 'ownId' | 'emoji' | 'sendName' | 'actions'> & {
  readonly askDelete: (id: string) => void
}

interface LogMessageProps {
  readonly row: MessageRow<CardMessage>
  readonly before: CardMessage | undefined
  readonly isFirstUnread: boolean
  readonly shared: Shared
}

const LogMessage = memo(function LogMessage({ row, before, isFirstUnread, shared }: LogMessageProps) {
  const { ownId, emoji, sendName, actions, askDelete } = shared
  const { value: message, state, request } = row
  const what = request?.name === sendName ? 'Not sent' : 'Not changed'
  return (
    <MessageCard
      message={message}
      before={before}
      isFirstUnread={isFirstUnread}
      ownId={ownId}
      emoji={emoji}
      state={state}
      failure={state === 'failed' ? `${what}. ${failureText(request?.error)}` : undefined}
      unsentPicture={(request?.input as { readonly image?: Uint8Array } | undefined)?.image}
      readPicture={actions.readPicture}
      onReact={(one, isOn) => actions.react(row.id, one, isOn)}
      onWrite={(kind) => actions.write({ kind, message })}
      onDelete={() => askDelete(row.id)}
      onRetry={() => request && actions.retry(request.key)}
      onDiscard={() => request && actions.discard(request.key)}
    />
  )
})
