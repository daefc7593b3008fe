import { useState, type ReactElement } from 'react'
import { Avatar } from './avatar.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Dialog } from './dialog.tsx'
import { Menu, type MenuItem } from './menu/menu.tsx'
import { NameForm } from './name-form.tsx'
import { leaveSession } from './session.ts'
import { useToasts } from './toasts/use-toasts.ts'
import { useSystemNotices } from './use-system-notices.ts'

export interface SelfBarProps {
  readonly me: { readonly id: string; readonly name: string }
  /** Changes that wait to be sent, and would be lost with the session. */
  readonly waitingCount: number
}

/** Who this browser is, and what somebody may do about that: another name, notifications, leaving. */
export function SelfBar({ me, waitingCount }: SelfBarProps): ReactElement {
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
  const items: MenuItem[] = [
    { label: 'Change your name', icon: 'edit', onSelect: () => setShown('name') },
    { label: 'Sign out', icon: 'leave', onSelect: () => (waitingCount > 0 ? setShown('leave') : leave()) },
  ]
  if (notices.permission === 'default') {
    items.unshift({ label: 'Notify me of mentions', icon: 'bell', onSelect: () => void notices.ask() })
  }
  return (
    <div className="mr-self">
      <Avatar name={me.name} id={me.id} />
      <bdi className="mr-self-name">{me.name}</bdi>
      <Menu label="You" items={items} />
      <Dialog isOpen={shown === 'name'} onClose={close} title="Change your name" size="small">
        <NameForm submitLabel="Change it" initialName={me.name} onEntered={() => location.reload()} />
      </Dialog>
      <ConfirmDialog
        isOpen={shown === 'leave'}
        title="Sign out?"
        confirmLabel="Sign out"
        cancelLabel="Stay"
        onConfirm={leave}
        onClose={close}
      >
        {waitingCount} of your changes were not sent yet. They are lost if you sign out now.
      </ConfirmDialog>
    </div>
  )
}
