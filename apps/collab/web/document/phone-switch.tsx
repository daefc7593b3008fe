import { Icon, type IconName } from '@millrace/app-design'
import type { ReactElement } from 'react'
import type { Look } from './use-look.ts'

interface PhoneSwitchProps {
  readonly look: Look
  readonly onLook: (change: Partial<Look>) => void
  readonly openCount: number
}

interface Place {
  readonly name: string
  readonly icon: IconName
  readonly look: Partial<Look>
  readonly isShown: (look: Look) => boolean
}

const places: readonly Place[] = [
  {
    name: 'Write',
    icon: 'edit',
    look: { mode: 'split', panel: undefined },
    isShown: ({ mode, panel }) => !panel && mode !== 'preview',
  },
  {
    name: 'Read',
    icon: 'document',
    look: { mode: 'preview', panel: undefined },
    isShown: ({ mode, panel }) => !panel && mode === 'preview',
  },
  { name: 'Comments', icon: 'message', look: { panel: 'comments' }, isShown: ({ panel }) => panel === 'comments' },
  { name: 'Versions', icon: 'clock', look: { panel: 'versions' }, isShown: ({ panel }) => panel === 'versions' },
]

/** Where a thumb reaches it: a phone shows one thing at a time. */
export function PhoneSwitch({ look, onLook, openCount }: PhoneSwitchProps): ReactElement {
  return (
    <nav className="phone-switch" aria-label="What is shown">
      {places.map(({ name, icon, look: change, isShown }) => (
        <button key={name} type="button" aria-pressed={isShown(look)} onClick={() => onLook(change)}>
          <Icon name={icon} size="small" />
          {name === 'Comments' && openCount > 0 ? `${name} (${openCount})` : name}
        </button>
      ))}
    </nav>
  )
}
