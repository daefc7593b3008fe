import type { IconName } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { ButtonsPage } from './buttons-page.tsx'
import { ColoursPage } from './colours-page.tsx'
import { ComposerPage } from './composer-page.tsx'
import { FieldsPage } from './fields-page.tsx'
import { ListsPage } from './lists-page.tsx'
import { LogPage } from './log-page.tsx'
import { MessagesPage } from './messages-page.tsx'
import { NoticesPage } from './notices-page.tsx'
import { OverlaysPage } from './overlays-page.tsx'
import { TextPage } from './text-page.tsx'

interface Section {
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly Body: () => ReactElement
}

export const sections: readonly [Section, ...Section[]] = [
  { id: 'colours', title: 'Colours and type', icon: 'sun', Body: ColoursPage },
  { id: 'buttons', title: 'Buttons and badges', icon: 'bolt', Body: ButtonsPage },
  { id: 'fields', title: 'Fields and choices', icon: 'edit', Body: FieldsPage },
  { id: 'lists', title: 'Lists and people', icon: 'people', Body: ListsPage },
  { id: 'overlays', title: 'Dialogs and menus', icon: 'copy', Body: OverlaysPage },
  { id: 'notices', title: 'Notices', icon: 'bell', Body: NoticesPage },
  { id: 'text', title: 'Text and time', icon: 'link', Body: TextPage },
  { id: 'messages', title: 'Messages', icon: 'reply', Body: MessagesPage },
  { id: 'composer', title: 'Composer', icon: 'message', Body: ComposerPage },
  { id: 'log', title: 'Log', icon: 'menu', Body: LogPage },
]
