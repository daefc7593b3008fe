import { EditorState, type TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { expect, it } from 'vitest'
import { tools } from '../web/editor/tools.ts'

/** What the tool of that name makes of a text in which `|` marks the two ends of the selection, or the caret. */
function use(name: string, marked: string, isReadOnly = false): string {
  const [anchor, end] = [marked.indexOf('|'), marked.lastIndexOf('|')]
  const doc = marked.replaceAll('|', '')
  const head = end > anchor ? end - 1 : anchor
  const extensions = [EditorState.readOnly.of(isReadOnly)]
  let state = EditorState.create({ doc, selection: { anchor, head }, extensions })
  const view = {
    get state() {
      return state
    },
    dispatch: (...specs: TransactionSpec[]) => void (state = state.update(...specs).state),
  }
  tools
    .flat()
    .find((tool) => tool.name === name)
    ?.run(view as unknown as EditorView)
  const { from, to } = state.selection.main
  const text = state.doc.toString()
  return from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`
}

it.each([
  ['Bold', 'a |word| here', 'a **|word|** here'],
  ['Bold', 'a **|word|** here', 'a |word| here'],
  ['Italic', 'a |', 'a _|_'],
  ['Strikethrough', '|gone|', '~~|gone|~~'],
  ['Code', 'call |it|', 'call `|it|`'],
  ['Link', 'see |this|', 'see [this](|https://|)'],
  ['Link', '|https://example.com|', '[|name|](https://example.com)'],
])('[COL71] %s makes %j to %j', (name, before, after) => {
  expect(use(name, before)).toBe(after)
})

it.each([
  ['Heading', '|one\ntwo|', '## one\n## two'],
  ['Heading', '|## one|', 'one'],
  ['Heading', '|- one|', '## one'],
  ['Bulleted list', '|one\n  two|', '- one\n  - two'],
  ['Numbered list', '|one\ntwo|', '1. one\n2. two'],
  ['Numbered list', '|- one|', '1. one'],
  ['Task list', '|- one|', '- [ ] one'],
  ['Task list', '|- [x] one|', 'one'],
  ['Quote', '|one|', '> one'],
])('[COL71] %s makes the lines of %j to %j', (name, before, after) => {
  expect(use(name, before).replaceAll('|', '')).toBe(after)
})

it('[COL71] a block of code goes around whole lines, and a table below the line', () => {
  expect(use('Code', '|one\ntwo|')).toBe('```\n|one\ntwo|\n```')
  expect(use('Table', 'on|e')).toMatch(/^one\n\n\| \|Name\| \| What \|\n/)
})

it('[COL74] no tool changes a text that one may only read', () => {
  for (const { name, isForReaders } of tools.flat())
    if (!isForReaders) expect(use(name, 'a |word|', true)).toBe('a |word|')
})
