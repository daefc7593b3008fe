import { openSearchPanel } from '@codemirror/search'
import type { Command } from '@codemirror/view'
import type { ToolPicture } from './tool-pictures.ts'
import { insertCode, insertLink, insertTable, markLines, wrapIn } from './markdown-commands.ts'

export interface Tool {
  readonly name: string
  /** As CodeMirror writes keys. */
  readonly key?: string
  readonly run: Command
  /** What the button shows: the name of one of the toolbar's pictures. */
  readonly picture: ToolPicture
  /** Reads and changes nothing. */
  readonly isForReaders?: boolean
}

/** In the order of the toolbar; each group has a line before it. */
export const tools: readonly (readonly Tool[])[] = [
  [
    { name: 'Heading', key: 'Mod-Alt-2', picture: 'heading', run: markLines(() => '## ', /^#{1,6} /) },
    { name: 'Bold', key: 'Mod-b', picture: 'bold', run: wrapIn('**') },
    { name: 'Italic', key: 'Mod-i', picture: 'italic', run: wrapIn('_') },
    { name: 'Strikethrough', key: 'Mod-Shift-x', picture: 'strike', run: wrapIn('~~') },
  ],
  [
    {
      name: 'Bulleted list',
      key: 'Mod-Shift-8',
      picture: 'bullets',
      run: markLines(() => '- ', /^[-*+] (?!\[[ xX]\] )/),
    },
    {
      name: 'Numbered list',
      key: 'Mod-Shift-7',
      picture: 'numbers',
      run: markLines((index) => `${index + 1}. `, /^\d{1,9}[.)] /),
    },
    { name: 'Task list', key: 'Mod-Shift-9', picture: 'tasks', run: markLines(() => '- [ ] ', /^[-*+] \[[ xX]\] /) },
    { name: 'Quote', key: 'Mod-Shift-.', picture: 'quote', run: markLines(() => '> ', /^> /) },
  ],
  [
    { name: 'Link', key: 'Mod-k', picture: 'link', run: insertLink },
    { name: 'Code', key: 'Mod-e', picture: 'code', run: insertCode },
    { name: 'Table', picture: 'table', run: insertTable },
  ],
  [{ name: 'Find', key: 'Mod-f', picture: 'find', run: openSearchPanel, isForReaders: true }],
]
