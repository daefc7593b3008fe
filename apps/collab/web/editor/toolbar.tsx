import type { Command, EditorView } from '@codemirror/view'
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import type * as Y from 'yjs'
import { keyText } from './key-text.ts'
import { toolPictures, type ToolPicture } from './tool-pictures.ts'
import { tools } from './tools.ts'

export interface ToolbarProps {
  /** Undefined while there is none, as where only the preview is shown. */
  readonly view: EditorView | undefined
  readonly undoManager: Y.UndoManager
  readonly isReadOnly: boolean
  readonly onComment: (view: EditorView) => void
}

interface ToolButton {
  readonly name: string
  readonly key: string | undefined
  readonly picture: ToolPicture
  readonly run: Command
}

/** One stop for the Tab key; arrow keys, Home and End go along it. */
export function Toolbar({ view, undoManager, isReadOnly, onComment }: ToolbarProps): ReactElement {
  const bar = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState(0)
  const groups = groupsOf(undoManager, isReadOnly, onComment)
  const names = groups.flat().map(({ name }) => name)
  const active = Math.min(stop, names.length - 1)

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowRight: active + 1, ArrowLeft: active - 1, Home: 0, End: names.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const index = (next + names.length) % names.length
    setStop(index)
    bar.current?.querySelectorAll('button')[index]?.focus()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div ref={bar} className="tools" role="toolbar" aria-label="Formatting" onKeyDown={onKeyDown}>
      {groups.map((group) => (
        <div key={group[0]?.name} className="tools-group">
          {group.map(({ name, key, picture, run }) => (
            <button
              key={name}
              type="button"
              className="tool"
              aria-label={name}
              aria-keyshortcuts={key && keyText(key, 'aria')}
              title={key ? `${name} (${keyText(key, 'tip')})` : name}
              tabIndex={names.indexOf(name) === active ? 0 : -1}
              disabled={!view}
              onFocus={() => setStop(names.indexOf(name))}
              // The selection stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                if (!view) return
                run(view)
                if (name !== 'Find' && name !== 'Comment') view.focus()
              }}
            >
              <svg className="mr-icon" data-size="small" viewBox="0 0 24 24" aria-hidden="true">
                <path d={toolPictures[picture]} />
              </svg>
            </button>
          ))}
        </div>
      ))}
    </div>
  )
}

function groupsOf(
  undoManager: Y.UndoManager,
  isReadOnly: boolean,
  onComment: (view: EditorView) => void,
): readonly (readonly ToolButton[])[] {
  const shown = tools
    .map((group) => group.filter(({ isForReaders }) => isForReaders || !isReadOnly))
    .filter((group) => group.length > 0)
    .map((group) => group.map((tool): ToolButton => ({ ...tool, key: tool.key })))
  if (isReadOnly) return shown
  const undo: ToolButton = {
    name: 'Undo your own change',
    key: 'Mod-z',
    picture: 'undo',
    run: () => undoManager.undo() !== null,
  }
  const redo: ToolButton = { name: 'Redo', key: 'Mod-Shift-z', picture: 'redo', run: () => undoManager.redo() !== null }
  const comment: ToolButton = {
    name: 'Comment',
    key: 'Mod-Alt-m',
    picture: 'comment',
    run: (view) => {
      onComment(view)
      return true
    },
  }
  return [[undo, redo], ...shown, [comment]]
}
