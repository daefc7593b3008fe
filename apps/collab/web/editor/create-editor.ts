import { closeBrackets } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, dropCursor, EditorView, keymap, placeholder } from '@codemirror/view'
import { yUndoManagerKeymap } from 'y-codemirror.next'
import type * as Y from 'yjs'
import type { Awareness } from './awareness.ts'
import { commentMarks } from './comment-marks.ts'
import { editorTheme } from './editor-theme.ts'
import { markdownStyle } from './markdown-style.ts'
import { plainText } from './plain-text.ts'
import { remoteCursors } from './remote-cursors.ts'
import { textSync } from './text-sync.ts'
import { tools } from './tools.ts'

export interface EditorParts {
  readonly text: Y.Text
  readonly awareness: Awareness
  readonly undoManager: Y.UndoManager
  readonly onComment: (view: EditorView) => void
  readonly onChooseComment: (id: string) => void
  readonly onScroll: (view: EditorView) => void
}

const access = new Compartment()

/** Who may only read can still select, copy and search. */
export function setReadOnly(view: EditorView, isReadOnly: boolean): void {
  view.dispatch({ effects: access.reconfigure(accessOf(isReadOnly)) })
}

function accessOf(isReadOnly: boolean): Extension {
  const attributes = {
    'aria-label': 'Text of the document',
    'aria-multiline': 'true',
    tabindex: '0',
    spellcheck: 'true',
    autocapitalize: 'sentences',
  }
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({ ...attributes, 'aria-readonly': String(isReadOnly) }),
    placeholder(
      isReadOnly ? 'Nothing was written here yet.' : 'Write something. Markdown works: # for a heading, - for a list.',
    ),
  ]
}

/**
 * The editor in a shadow tree of the host: there its styles come as sheets made by code, which the content security policy
 * lets through, while a style element in the page would be refused.
 */
export function createEditor(host: HTMLElement, parts: EditorParts, isReadOnly: boolean): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const { text, awareness, undoManager, onComment, onChooseComment, onScroll } = parts
  const keys = tools.flat().flatMap(({ key, run }) => (key === undefined ? [] : [{ key, run, preventDefault: true }]))
  const comment = (view: EditorView): boolean => {
    onComment(view)
    return true
  }
  return new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: plainText(text),
      extensions: [
        // As Yjs counts them, whatever somebody else's client put into the text.
        EditorState.lineSeparator.of('\n'),
        access.of(accessOf(isReadOnly)),
        editorTheme,
        markdownStyle,
        markdown({ base: markdownLanguage, completeHTMLTags: false }),
        EditorView.lineWrapping,
        drawSelection(),
        dropCursor(),
        closeBrackets(),
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of([
          { key: 'Mod-Alt-m', run: comment, preventDefault: true },
          ...keys,
          ...yUndoManagerKeymap,
          ...searchKeymap,
          ...defaultKeymap,
        ]),
        textSync(text, undoManager),
        remoteCursors(text, awareness),
        commentMarks(onChooseComment),
        EditorView.domEventObservers({ scroll: (_event, view) => onScroll(view) }),
      ],
    }),
  })
}
