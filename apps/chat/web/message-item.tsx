import { memo, useCallback } from 'react'
import { failureText, MessageCard, type Writing } from '@millrace/app-design'
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
  const what = request?.name === 'message.send' ? 'Not sent' : 'Not changed'
  return (
    <MessageCard
      message={message}
      before={before}
      isFirstUnread={isFirstUnread}
      ownId={me.id}
      emoji={emoji}
      state={state}
      failure={state === 'failed' ? `${what}. ${failureText(request?.error)}` : undefined}
      unsentPicture={(request?.input as { readonly image?: Uint8Array } | undefined)?.image}
      readPicture={useCallback((id: string) => room.request('image.read', { id }), [room])}
      onReact={(one, isOn) => actions.react(message.id, one, isOn)}
      onWrite={(kind) => actions.write({ kind, message })}
      onDelete={() => actions.askDelete(message)}
      onRetry={() => request && actions.retry(request.key)}
      onDiscard={() => request && actions.discard(request.key)}
    />
  )
})
