import type { EditorView } from '@codemirror/view'
import { useEffect, useRef, type ReactElement } from 'react'
import { setComments, type CommentPlace } from './comment-marks.ts'
import { createEditor, setReadOnly, type EditorParts } from './create-editor.ts'

export interface CodeEditorProps extends EditorParts {
  readonly isReadOnly: boolean
  readonly places: readonly CommentPlace[]
  readonly currentComment: string | undefined
  /** The editor, and undefined when it goes. */
  readonly onView: (view: EditorView | undefined) => void
}

/** The text as it is written. The same editor as long as the text is the same. */
export function CodeEditor(props: CodeEditorProps): ReactElement {
  const { text, awareness, undoManager, isReadOnly, places, currentComment } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const newest = useRef(props)
  useEffect(() => {
    newest.current = props
  })
  useEffect(() => {
    if (!host.current) return
    const parts: EditorParts = {
      text,
      awareness,
      undoManager,
      onComment: (of) => newest.current.onComment(of),
      onChooseComment: (id) => newest.current.onChooseComment(id),
      onScroll: (of) => newest.current.onScroll(of),
    }
    const made = createEditor(host.current, parts, newest.current.isReadOnly)
    view.current = made
    newest.current.onView(made)
    return () => {
      newest.current.onView(undefined)
      view.current = undefined
      made.destroy()
    }
  }, [text, awareness, undoManager])
  useEffect(() => {
    if (view.current) setReadOnly(view.current, isReadOnly)
  }, [isReadOnly, text, awareness, undoManager])
  useEffect(() => {
    view.current?.dispatch({ effects: setComments.of({ places, currentId: currentComment }) })
  }, [places, currentComment, text, awareness, undoManager])
  return <div ref={host} className="code-editor" />
}
