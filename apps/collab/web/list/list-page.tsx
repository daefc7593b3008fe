import {
  Brand,
  Button,
  ButtonLink,
  ConfirmDialog,
  ConnectionBanner,
  EmptyState,
  Field,
  List,
  SelfBar,
  Spinner,
  ThemeSwitch,
} from '@millrace/app-design'
import { useClient, useConnection, useKeptRequests } from '@millrace/react'
import { useDeferredValue, useRef, useState, type ReactElement } from 'react'
import { collab, type PublicUser, type ShelfEntry } from '../../contract.ts'
import { addressOf, onLink } from '../address.ts'
import { Notice } from '../document/notice.tsx'
import { readKept } from '../document/kept-changes.ts'
import favicon from '../favicon.svg'
import { useRename } from '../desk/use-rename.ts'
import { useFirstFocus } from '../use-first-focus.ts'
import { useNow } from '../use-now.ts'
import { DocumentRow } from './document-row.tsx'
import { useLeftovers } from './use-leftovers.ts'
import { RenameDialog } from './rename-dialog.tsx'
import type { ListedEntry } from './with-titles.ts'
import { useDocuments } from './use-documents.ts'
import { useFileDrop } from './use-file-drop.ts'

interface ListPageProps {
  readonly me: PublicUser
  /** Undefined: not known yet. */
  readonly entries: readonly ListedEntry[] | undefined
}

export function ListPage({ me, entries }: ListPageProps): ReactElement {
  const client = useClient()
  const state = useConnection()
  const documents = useDocuments()
  const rename = useRename()
  const leftovers = useLeftovers(me, entries)
  const now = useNow()
  const waiting = useKeptRequests(collab).length
  const chooser = useRef<HTMLInputElement>(null)
  const page = useFirstFocus()
  const [kept] = useState(() => readKept(me.id))
  const [text, setText] = useState('')
  const [renamed, setRenamed] = useState<ShelfEntry>()
  const [removed, setRemoved] = useState<ShelfEntry>()
  const isOver = useFileDrop((files) => void documents.importFiles(files))
  const query = useDeferredValue(text.trim().toLowerCase())
  const keptCount = Object.values(kept).reduce((sum, count) => sum + count, 0)
  const shown = entries?.filter(({ title, owner }) => `${title} ${owner.name}`.toLowerCase().includes(query))
  return (
    <div ref={page} tabIndex={-1} className="shelf" data-over={isOver || undefined}>
      <header className="shelf-bar">
        <Brand mark={favicon} href="../">
          <ThemeSwitch />
        </Brand>
        <SelfBar me={me} waitingCount={keptCount + waiting} />
      </header>
      <main className="shelf-main">
        <ConnectionBanner
          state={state}
          // Texts are sent once their documents are opened; the list marks those.
          waitingCount={waiting}
          // Where it fails, the banner says so.
          onRetry={() => void client.connect().catch(() => {})}
        />
        {leftovers.map((id) => (
          <Notice
            key={id}
            title="A document is not yours any more"
            text="You wrote something in it that was never sent. This device still has it."
          >
            <ButtonLink size="small" href={addressOf(id)} onClick={onLink}>
              Look at it
            </ButtonLink>
          </Notice>
        ))}
        <div className="shelf-head">
          <h1>Documents</h1>
          <Button icon="down" onClick={() => chooser.current?.click()}>
            Import
          </Button>
          <Button variant="primary" icon="plus" onClick={() => void documents.create()}>
            New document
          </Button>
          <input
            ref={chooser}
            type="file"
            hidden
            multiple
            aria-label="Markdown files"
            accept=".md,.markdown,.txt,text/markdown,text/plain"
            onChange={({ target }) => {
              const files = [...(target.files ?? [])]
              target.value = ''
              void documents.importFiles(files)
            }}
          />
        </div>
        <Field
          label="Search documents"
          isLabelHidden
          placeholder="Search by title or owner"
          type="search"
          icon="search"
          maxLength={60}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        {shown === undefined ? (
          <div className="waiting">
            <Spinner label="Loading your documents" />
          </div>
        ) : shown.length > 0 ? (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
          <div className="shelf-list" onClick={onLink}>
            <List label="Your documents" isLabelHidden>
              {shown.map((entry) => (
                <DocumentRow
                  key={entry.id}
                  entry={entry}
                  me={me}
                  now={now}
                  keptCount={kept[entry.id] ?? 0}
                  onRename={() => setRenamed(entry)}
                  onCopy={() => void documents.copy(entry)}
                  onRemove={() => setRemoved(entry)}
                />
              ))}
            </List>
          </div>
        ) : (
          <EmptyState icon="search" title={query === '' ? 'No documents yet' : 'Nothing fits'}>
            {query === '' ? 'Begin a new one, or drop a Markdown file here.' : 'Try a part of a title or of a name.'}
          </EmptyState>
        )}
        <p className="shelf-note">Drop Markdown files anywhere on this page to import them.</p>
      </main>
      {isOver && <div className="shelf-drop">Drop to import</div>}
      {renamed && (
        <RenameDialog
          title={renamed.title}
          onRename={(title) => rename(renamed.id, title)}
          onClose={() => setRenamed(undefined)}
        />
      )}
      <ConfirmDialog
        isOpen={removed !== undefined}
        title={removed?.role === 'owner' ? 'Delete this document?' : 'Take it off your list?'}
        confirmLabel={removed?.role === 'owner' ? 'Delete it' : 'Take it off'}
        cancelLabel="Keep it"
        onConfirm={() => removed && void documents.remove(removed)}
        onClose={() => setRemoved(undefined)}
      >
        {removed?.role === 'owner'
          ? `“${removed.title}” goes for everybody, with its comments and all its versions. That cannot be undone.`
          : `“${removed?.title}” stays where it is for the others. Its link lets you in again.`}
      </ConfirmDialog>
    </div>
  )
}
