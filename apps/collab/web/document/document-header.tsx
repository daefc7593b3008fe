import { Button, Icon, IconButton, Menu, Segments, ThemeSwitch, type MenuItem } from '@millrace/app-design'
import type { ReactElement, ReactNode } from 'react'
import { addressOf, onLink } from '../address.ts'
import type { Look, Mode } from './use-look.ts'

interface DocumentHeaderProps {
  readonly title: ReactNode
  readonly saveState: ReactNode
  readonly people: ReactNode
  readonly look: Look
  readonly onLook: (change: Partial<Look>) => void
  readonly openCount: number
  readonly menu: readonly MenuItem[]
  /** Undefined: it is not this user's to share. */
  readonly onShare: (() => void) | undefined
}

const modes: readonly { readonly value: Mode; readonly name: string }[] = [
  { value: 'write', name: 'Write' },
  { value: 'split', name: 'Both' },
  { value: 'preview', name: 'Read' },
]

export function DocumentHeader(props: DocumentHeaderProps): ReactElement {
  const { title, saveState, people, look, onLook, openCount, menu, onShare } = props
  const toggle = (panel: 'comments' | 'versions') => () => onLook({ panel: look.panel === panel ? undefined : panel })
  return (
    <header className="document-bar">
      <a
        className="mr-button mr-button--icon document-back"
        data-variant="quiet"
        href={addressOf()}
        onClick={onLink}
        aria-label="All documents"
        title="All documents"
      >
        <Icon name="back" />
      </a>
      <div className="document-name">
        {title}
        {saveState}
      </div>
      <div className="document-tools">
        {people}
        <div className="document-wide">
          <Segments label="What is shown" choices={modes} chosen={look.mode} onChoose={(mode) => onLook({ mode })} />
          <IconButton
            icon="message"
            label={openCount === 0 ? 'Comments' : `Comments, ${openCount} open`}
            aria-pressed={look.panel === 'comments'}
            onClick={toggle('comments')}
          />
          <IconButton
            icon="clock"
            label="Versions"
            aria-pressed={look.panel === 'versions'}
            onClick={toggle('versions')}
          />
          <ThemeSwitch />
        </div>
        {onShare && (
          <Button variant="primary" icon="link" className="document-share" onClick={onShare} aria-label="Share">
            <span className="document-wide-text">Share</span>
          </Button>
        )}
        <Menu label="More" items={menu} />
      </div>
    </header>
  )
}
