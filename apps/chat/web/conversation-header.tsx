import { useState } from 'react'
import { Avatar, Button, Dialog, Icon, List, ListItem } from '@millrace/app-design'
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
  const namespace = useNamespace(chat)
  const { members, count } = usePresence(namespace.room('conversation', { conversationId: id }))
  const [isShown, setShown] = useState(false)
  const { open } = useChatRequests()
  const icon = entry?.kind === 'open' ? 'hash' : entry?.kind === 'closed' ? 'lock' : 'message'
  return (
    <>
      <Icon name={icon} />
      <h1 className="chat-title" dir="auto">
        {entry ? nameOf(entry) : 'Conversation'}
      </h1>
      <Button variant="quiet" icon="people" aria-label={`${count} here, show who`} onClick={() => setShown(true)}>
        {count}
      </Button>
      <Dialog isOpen={isShown} onClose={() => setShown(false)} title="Here now" size="small">
        <List label="People who are here" isLabelHidden>
          {members.map(({ id: userId, user, metas }) => {
            const status = metas.some(({ state }) => state.status === 'active') ? 'active' : 'away'
            const write = (): void => {
              setShown(false)
              void open('direct.open', { userId })
            }
            return (
              <ListItem
                key={userId}
                title={<bdi>{userId === me.id ? `${user.name} (you)` : user.name}</bdi>}
                text={status === 'active' ? 'Here' : 'Away'}
                leading={<Avatar name={user.name} id={userId} status={status} />}
                actions={userId !== me.id && <Button size="small" onClick={write}>{`Message ${user.name}`}</Button>}
              />
            )
          })}
        </List>
      </Dialog>
    </>
  )
}
