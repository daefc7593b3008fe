import { ConversationTitle } from '@millrace/app-design'
import { useNamespace, usePresence } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'

interface HeaderProps {
  readonly id: string
  readonly entry: InboxEntry | undefined
  readonly me: PublicUser
}

export function ConversationHeader({ id, entry, me }: HeaderProps) {
  const presence = usePresence(useNamespace(chat).room('conversation', { conversationId: id }))
  const { open } = useChatRequests()
  return (
    <ConversationTitle
      {...presence}
      kind={entry?.kind ?? 'direct'}
      title={entry ? nameOf(entry) : 'Conversation'}
      ownId={me.id}
      onWrite={(userId) => void open('direct.open', { userId })}
    />
  )
}
