import { Button, EmptyState, Field, Icon, Menu, Spinner, type MenuItem } from '@millrace/app-design'
import { useState, type FormEvent, type ReactElement } from 'react'
import { agoText } from '../ago-text.ts'
import { useNow } from '../use-now.ts'
import type { Version, Versions } from './use-versions.ts'
import { versionName } from './version-name.ts'

export interface VersionsPanelProps {
  readonly versions: Versions
  readonly canWrite: boolean
  readonly shownId: string | undefined
  readonly onShow: (version: Version | undefined) => void
}

/** Named and automatic versions, the newest first. Choosing one shows it in place of the text. */
export function VersionsPanel({ versions, canWrite, shownId, onShow }: VersionsPanelProps): ReactElement {
  const { list, failure } = versions
  const now = useNow()
  const [name, setName] = useState('')
  const [renamedId, setRenamed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (name.trim() === '') return
    setBusy(true)
    if (await versions.save(name.trim())) setName('')
    setBusy(false)
  }
  return (
    <>
      {canWrite && (
        <form className="version-form" onSubmit={(event) => void save(event)}>
          <Field
            label="Name of this version"
            isLabelHidden
            placeholder="Name the text as it is now"
            maxLength={80}
            dir="auto"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" isBusy={isBusy} disabled={name.trim() === ''}>
            Keep
          </Button>
        </form>
      )}
      {failure !== undefined && list === undefined ? (
        <EmptyState
          icon="offline"
          title="The versions did not come"
          action={<Button onClick={versions.reload}>Try again</Button>}
        >
          {failure}
        </EmptyState>
      ) : list === undefined ? (
        <div className="waiting">
          <Spinner label="Loading the versions" />
        </div>
      ) : list.length === 0 ? (
        <EmptyState icon="clock" title="No versions yet">
          While people write, versions are kept by themselves. You can also keep the text as it is now, under a name.
        </EmptyState>
      ) : (
        <ul className="versions" aria-label="Versions">
          {list.map((version) => (
            <li key={version.id} className="version" data-current={version.id === shownId || undefined}>
              {renamedId === version.id ? (
                <RenameForm
                  version={version}
                  onEnd={() => setRenamed(undefined)}
                  onRename={(next) => versions.rename(version.id, next)}
                />
              ) : (
                <button
                  type="button"
                  className="version-button"
                  aria-pressed={version.id === shownId}
                  onClick={() => onShow(version.id === shownId ? undefined : version)}
                >
                  <Icon name={version.kind === 'named' ? 'check' : 'clock'} size="small" />
                  <span className="version-lines">
                    <bdi className="version-name">{versionName(version, now)}</bdi>
                    <span className="version-time">
                      {version.kind === 'named' ? 'Named' : 'Automatic'}, {agoText(version.at, now)}
                    </span>
                  </span>
                </button>
              )}
              {canWrite && renamedId !== version.id && (
                <Menu
                  label={`Actions for ${versionName(version, now)}`}
                  size="small"
                  items={itemsOf(version, versions, setRenamed, () => version.id === shownId && onShow(undefined))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function itemsOf(version: Version, versions: Versions, rename: (id: string) => void, hide: () => void): MenuItem[] {
  return [
    { label: 'Name it', icon: 'edit', onSelect: () => rename(version.id) },
    {
      label: 'Delete',
      icon: 'trash',
      tone: 'danger',
      onSelect: () => void versions.remove(version.id).then((isDone) => isDone && hide()),
    },
  ]
}

interface RenameFormProps {
  readonly version: Version
  readonly onRename: (name: string) => Promise<boolean>
  readonly onEnd: () => void
}

function RenameForm({ version, onRename, onEnd }: RenameFormProps): ReactElement {
  const [name, setName] = useState(version.name)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (name.trim() !== '' && (await onRename(name.trim()))) onEnd()
  }
  return (
    <form className="version-form" onSubmit={(event) => void submit(event)}>
      <Field
        label="Name of the version"
        isLabelHidden
        // Somebody has just asked to write here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        maxLength={80}
        dir="auto"
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onEnd()}
      />
      <Button type="submit">Save</Button>
    </form>
  )
}
