import { useState } from 'react'
import {
  Avatar,
  Button,
  Dialog,
  leaveSession,
  Menu,
  NameForm,
  ThemeSwitch,
  useSystemNotices,
  useToasts,
} from '@millrace/app-design'
import type { PublicUser } from '../contract.ts'

interface SelfBarProps {
  readonly me: PublicUser
  readonly waitingCount: number
}

export function SelfBar({ me, waitingCount }: SelfBarProps) {
  const [shown, setShown] = useState<'name' | 'leave'>()
  const notices = useSystemNotices()
  const toasts = useToasts()
  const close = (): void => setShown(undefined)
  const leave = (): void => {
    leaveSession().then(
      () => location.reload(),
      (fault: Error) => toasts.show({ tone: 'bad', text: fault.message }),
    )
  }
  return (
    <div className="chat-self">
      <Avatar name={me.name} id={me.id} />
      <bdi className="chat-self-name">{me.name}</bdi>
      <ThemeSwitch />
      <Menu
        label="You"
        items={[
          { label: 'Change your name', icon: 'edit', onSelect: () => setShown('name') },
          ...(notices.permission === 'default'
            ? [{ label: 'Notify me of mentions', icon: 'bell' as const, onSelect: () => void notices.ask() }]
            : []),
          { label: 'Sign out', icon: 'leave', onSelect: () => (waitingCount > 0 ? setShown('leave') : leave()) },
        ]}
      />
      <Dialog isOpen={shown === 'name'} onClose={close} title="Change your name" size="small">
        <NameForm submitLabel="Change it" initialName={me.name} onEntered={() => location.reload()} />
      </Dialog>
      <Dialog
        isOpen={shown === 'leave'}
        onClose={close}
        title="Sign out?"
        size="small"
        footer={
          <>
            <Button onClick={close}>Stay</Button>
            <Button variant="danger" onClick={leave}>
              Sign out
            </Button>
          </>
        }
      >
        <p>{waitingCount} of your changes were not sent yet. They are lost if you sign out now.</p>
      </Dialog>
    </div>
  )
}
