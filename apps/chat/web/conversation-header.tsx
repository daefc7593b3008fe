import { useState } from 'react'
import { Button, Icon, PeopleDialog } from '@millrace/app-design'
import { useNamespace, usePresence } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'
import { useChatRequests } from './use-chat-requests.ts'
import { nameOf } from './use-inbox.ts'

interface HeaderProps {
  readonly id: string
  readonly entry: InboxEntry | undefined
  readonly me: PublicUser
}

const icons = { open: 'hash', closed: 'lock', direct: 'message' } as const

export function ConversationHeader({ id, entry, me }: HeaderProps) {
  const { members, count } = usePresence(useNamespace(chat).room('conversation', { conversationId: id }))
  const [isShown, setShown] = useState(false)
  const { open } = useChatRequests()
  const people = members.map(({ user, metas }) => {
    const isActive = metas.some(({ state }) => state.status === 'active')
    return { ...user, status: isActive ? ('active' as const) : ('away' as const) }
  })
  return (
    <>
      <Icon name={icons[entry?.kind ?? 'direct']} />
      <h1 className="chat-title" dir="auto">
        {entry ? nameOf(entry) : 'Conversation'}
      </h1>
      <Button variant="quiet" icon="people" aria-label={`${count} here, show who`} onClick={() => setShown(true)}>
        {count}
      </Button>
      <PeopleDialog
        isOpen={isShown}
        onClose={() => setShown(false)}
        people={people}
        ownId={me.id}
        onWrite={(userId) => void open('direct.open', { userId })}
      />
    </>
  )
}
