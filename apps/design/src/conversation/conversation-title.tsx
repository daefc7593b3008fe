import { useState, type ReactElement } from 'react'
import { Button } from '../button.tsx'
import { Icon } from '../icon.tsx'
import { PeopleDialog, type PeopleDialogProps } from './people-dialog.tsx'

/** One entry per user, as `usePresence` gives it. */
export interface PresentMember {
  readonly user: { readonly id: string; readonly name: string }
  readonly metas: readonly { readonly state: { readonly status: 'active' | 'away' } }[]
}

export interface ConversationTitleProps extends Pick<PeopleDialogProps, 'ownId' | 'onWrite'> {
  readonly kind: 'open' | 'closed' | 'direct'
  readonly title: string
  readonly members: readonly PresentMember[]
  /** May be more than the members that are listed. */
  readonly count: number
}

const icons = { open: 'hash', closed: 'lock', direct: 'message' } as const

/** What a conversation is called, and who is there. */
export function ConversationTitle(props: ConversationTitleProps): ReactElement {
  const { kind, title, members, count, ownId, onWrite } = props
  const [isShown, setShown] = useState(false)
  const people = members.map(({ user, metas }) => {
    const isActive = metas.some(({ state }) => state.status === 'active')
    return { ...user, status: isActive ? ('active' as const) : ('away' as const) }
  })
  return (
    <>
      <Icon name={icons[kind]} />
      <h1 className="mr-conversation-title" dir="auto">
        {title}
      </h1>
      <Button variant="quiet" icon="people" aria-label={`${count} here, show who`} onClick={() => setShown(true)}>
        {count}
      </Button>
      <PeopleDialog isOpen={isShown} onClose={() => setShown(false)} people={people} ownId={ownId} onWrite={onWrite} />
    </>
  )
}
