import { useToasts } from '@millrace/app-design'
import { useRef, useState, type ReactElement } from 'react'
import { flushSync } from 'react-dom'
import type { PublicUser, ShelfEntry } from '../../contract.ts'
import { CommentsPanel } from '../comments/comments-panel.tsx'
import { useCommentActions } from '../comments/use-comment-actions.ts'
import { useCommenting } from '../comments/use-commenting.ts'
import type { Desk } from '../desk/use-desk.ts'
import { useFailureToast } from '../desk/use-failure-toast.ts'
import { useRename } from '../desk/use-rename.ts'
import { CodeEditor } from '../editor/code-editor.tsx'
import { caretOf } from '../editor/remote-cursors.ts'
import { scrollPreview } from '../editor/scroll-together.ts'
import { Toolbar } from '../editor/toolbar.tsx'
import { Preview } from '../markdown/preview.tsx'
import { useText } from '../markdown/use-text.ts'
import { ShareDialog } from '../share/share-dialog.tsx'
import { useFirstFocus } from '../use-first-focus.ts'
import { VersionView } from '../versions/version-view.tsx'
import { VersionsPanel } from '../versions/versions-panel.tsx'
import { useVersions, type Version } from '../versions/use-versions.ts'
import type { DocumentOnPage } from './document-on-page.ts'
import { DocumentHeader } from './document-header.tsx'
import { DocumentNotices } from './document-notices.tsx'
import { DocumentTitle } from './document-title.tsx'
import { isNarrow } from './is-narrow.ts'
import type { LiveDocument, LiveState } from './live-document.ts'
import { People } from './people.tsx'
import { PhoneSwitch } from './phone-switch.tsx'
import { SaveState } from './save-state.tsx'
import { SidePanel } from './side-panel.tsx'
import { StatusLine } from './status-line.tsx'
import { useDocumentMenu } from './use-document-menu.ts'
import { useEditor } from './use-editor.ts'
import { useLook, type Look } from './use-look.ts'
import { usePeople, type Person } from './use-people.ts'

interface WorkspaceProps {
  readonly documentId: string
  readonly live: LiveDocument
  readonly state: LiveState
  readonly isChanging: boolean
  readonly onPage: Pick<DocumentOnPage, 'putBack' | 'discard'>
  readonly desk: Desk
  readonly entry: ShelfEntry | undefined
  readonly me: PublicUser
}

/** A document that is open: its text, and what stands around it. */
export function Workspace(props: WorkspaceProps): ReactElement {
  const { documentId, live, state, isChanging, onPage, desk, entry, me } = props
  const { text, provider, undoManager } = live
  const toasts = useToasts()
  const rename = useRename()
  const editor = useEditor()
  const page = useFirstFocus()
  const scroller = useRef<HTMLElement>(null)
  const [look, setLook] = useLook()
  const [version, setVersion] = useState<Version>()
  const [isSharing, setSharing] = useState(false)
  const shown = useText(text)
  const people = usePeople(provider, me.id)
  const versions = useVersions(documentId, look.panel === 'versions')
  const actions = useCommentActions(documentId)
  const title = desk.title ?? entry?.title ?? 'Document'
  const menu = useDocumentMenu({ documentId, title, text })
  const mayWrite = state.canWrite && entry?.role !== 'reader'
  const isReadOnly = !mayWrite || isChanging
  const isOwner = entry?.role === 'owner'
  const openCount = desk.comments.filter(({ resolved }) => !resolved).length
  const change = (next: Partial<Look>): void => {
    if (next.mode !== undefined || next.panel === 'comments') setVersion(undefined)
    setLook(next)
  }
  const showText = (from: number, to?: number): void => {
    // On the page before it is shown: what is hidden takes no focus, and the next key belongs to the text.
    flushSync(() => {
      setVersion(undefined)
      setLook({ mode: look.mode === 'preview' ? 'split' : look.mode, ...(isNarrow() && { panel: undefined }) })
    })
    editor.show(from, to)
  }
  useFailureToast(desk.requests, look.panel === 'comments', () => change({ panel: 'comments' }))
  const commenting = useCommenting({
    text,
    comments: desk.comments,
    shown,
    onOpen: () => setLook({ panel: 'comments' }),
    onShowText: showText,
  })
  const goTo = (person: Person): void => {
    const place = person.clientId === undefined ? undefined : caretOf(text, provider.awareness, person.clientId)
    if (place === undefined) toasts.show({ text: `${person.name} is not in the text.` })
    else showText(place)
  }
  return (
    <div
      ref={page}
      tabIndex={-1}
      className="document"
      data-mode={look.mode}
      data-panel={look.panel}
      data-version={version !== undefined || undefined}
    >
      <a
        className="mr-skip"
        href="#text"
        onClick={(event) => {
          event.preventDefault()
          editor.view?.focus()
        }}
      >
        Skip to the text
      </a>
      <DocumentHeader
        title={
          <DocumentTitle
            title={title}
            onRename={isReadOnly || entry?.isForAll ? undefined : (next) => rename(documentId, next)}
            isWaiting={desk.titleRequest?.state === 'pending'}
          />
        }
        saveState={<SaveState documentId={documentId} userId={me.id} live={live} state={state} />}
        people={<People people={people} me={me} onGoTo={goTo} />}
        look={look}
        onLook={change}
        openCount={openCount}
        menu={menu}
        onShare={isOwner ? () => setSharing(true) : undefined}
      />
      <DocumentNotices
        refusal={state.refusal}
        mayWrite={mayWrite}
        isChanging={isChanging}
        isForAll={entry?.isForAll ?? false}
        title={title}
        titleRequest={desk.titleRequest}
        text={text}
        onPage={onPage}
      />
      <div className="document-body">
        <main className="document-main">
          {version && (
            <VersionView
              version={version}
              versions={versions}
              text={shown}
              canWrite={!isReadOnly}
              onClose={() => setVersion(undefined)}
              onRestored={() => {
                setVersion(undefined)
                toasts.show({ tone: 'good', text: 'Restored. What it was before is kept as a version.' })
              }}
            />
          )}
          <div className="document-text" hidden={version !== undefined}>
            <Toolbar
              view={editor.view}
              undoManager={undoManager}
              isReadOnly={isReadOnly}
              onComment={commenting.begin}
            />
            <div className="document-panes">
              <CodeEditor
                text={text}
                awareness={provider.awareness}
                undoManager={undoManager}
                isReadOnly={isReadOnly}
                places={commenting.places}
                currentComment={commenting.currentId}
                onComment={commenting.begin}
                onChooseComment={commenting.choose}
                onScroll={(view) => look.mode === 'split' && scroller.current && scrollPreview(view, scroller.current)}
                onView={editor.setView}
              />
              <Preview text={shown} scroller={scroller} onTask={isReadOnly ? undefined : editor.tick} />
            </div>
            <StatusLine text={shown} />
          </div>
        </main>
        {look.panel === 'comments' && (
          <SidePanel title="Comments" onClose={() => setLook({ panel: undefined })}>
            <CommentsPanel
              comments={desk.comments}
              astray={desk.astray}
              commenting={commenting}
              actions={actions}
              ownId={me.id}
              isOwner={isOwner}
              canWrite={!isReadOnly}
              onEnd={() => editor.view?.focus()}
            />
          </SidePanel>
        )}
        {look.panel === 'versions' && (
          <SidePanel
            title="Versions"
            onClose={() => {
              setVersion(undefined)
              setLook({ panel: undefined })
            }}
          >
            <VersionsPanel versions={versions} canWrite={!isReadOnly} shownId={version?.id} onShow={setVersion} />
          </SidePanel>
        )}
      </div>
      <PhoneSwitch look={look} onLook={change} openCount={openCount} />
      {isSharing && <ShareDialog room={desk.room} documentId={documentId} onClose={() => setSharing(false)} />}
    </div>
  )
}
