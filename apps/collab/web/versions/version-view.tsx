import { Button, ConfirmDialog, EmptyState, failureText, Segments, Spinner } from '@millrace/app-design'
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { Preview } from '../markdown/preview.tsx'
import { useNow } from '../use-now.ts'
import { compareTexts } from './compare-texts.ts'
import { textOfUpdate } from './text-of-update.ts'
import type { Version, Versions } from './use-versions.ts'
import { versionName } from './version-name.ts'

export interface VersionViewProps {
  readonly version: Version
  readonly versions: Versions
  /** The text as it is now. */
  readonly text: string
  readonly canWrite: boolean
  readonly onClose: () => void
  readonly onRestored: () => void
}

const looks = [
  { value: 'changes', name: 'Changes since' },
  { value: 'text', name: 'As it was' },
] as const

/** A version in place of the text: as it was, or what changed since. */
export function VersionView({
  version,
  versions,
  text,
  canWrite,
  onClose,
  onRestored,
}: VersionViewProps): ReactElement {
  const { read } = versions
  const head = useRef<HTMLHeadingElement>(null)
  const scroller = useRef<HTMLElement>(null)
  const now = useNow()
  const [look, setLook] = useState<'changes' | 'text'>('changes')
  const [isAsking, setAsking] = useState(false)
  const [found, setFound] = useState<{ readonly id: string; readonly text?: string; readonly failure?: string }>()
  useEffect(() => {
    head.current?.focus()
    let isWanted = true
    read(version.id).then(
      (update) => isWanted && setFound({ id: version.id, text: textOfUpdate(update) }),
      (error: unknown) => isWanted && setFound({ id: version.id, failure: failureText(error) }),
    )
    return () => {
      isWanted = false
    }
  }, [read, version.id])
  const shown = found?.id === version.id ? found : undefined
  const restore = async (): Promise<void> => {
    if (await versions.restore(version.id)) onRestored()
  }
  return (
    <section className="version-view" aria-label="A version of the document">
      <header className="version-bar">
        <h2 ref={head} tabIndex={-1}>
          <bdi>{versionName(version, now)}</bdi>
        </h2>
        <Segments label="What is shown" choices={looks} chosen={look} onChoose={setLook} />
        <Button onClick={onClose}>Back to the text</Button>
        {canWrite && (
          <Button variant="primary" icon="retry" onClick={() => setAsking(true)} disabled={shown?.text === undefined}>
            Restore
          </Button>
        )}
      </header>
      {shown?.failure !== undefined ? (
        <EmptyState icon="alert" title="This version did not come">
          {shown.failure}
        </EmptyState>
      ) : shown?.text === undefined ? (
        <div className="waiting">
          <Spinner label="Loading the version" />
        </div>
      ) : look === 'text' ? (
        <Preview text={shown.text} scroller={scroller} onTask={undefined} />
      ) : (
        <Changes before={shown.text} after={text} />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title="Restore this version?"
        confirmLabel="Restore it"
        onConfirm={() => void restore()}
        onClose={() => setAsking(false)}
      >
        The text becomes what it was then, for everybody. What it is now is kept as a version before, so nothing is
        lost.
      </ConfirmDialog>
    </section>
  )
}

const words = { added: 'added since: ', removed: 'removed since: ' } as const

function Changes({ before, after }: { readonly before: string; readonly after: string }): ReactElement {
  const parts = useMemo(() => compareTexts(before, after), [before, after])
  const count = parts.filter(({ kind }) => kind !== 'same').length
  return (
    // The keyboard has to scroll it, and nothing in it takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="changes" aria-label="Changes since this version" tabIndex={0}>
      <p className="changes-count">
        {count === 0
          ? 'Nothing changed since.'
          : count === 1
            ? 'One place changed since.'
            : `${count} places changed since.`}
      </p>
      <pre className="changes-text" dir="auto">
        {parts.map(({ kind, text }, index) => {
          if (kind === 'same') return text
          const Tag = kind === 'added' ? 'ins' : 'del'
          return (
            <Tag key={index}>
              <span className="mr-unseen">{words[kind]}</span>
              {text}
            </Tag>
          )
        })}
      </pre>
    </section>
  )
}
