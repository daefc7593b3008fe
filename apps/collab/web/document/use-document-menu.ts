import { useToasts, type MenuItem } from '@millrace/app-design'
import type * as Y from 'yjs'
import { useDocuments } from '../list/use-documents.ts'
import { useAsk } from '../use-ask.ts'
import { copyHtml, downloadMarkdown } from './export-text.ts'

interface MenuParts {
  readonly documentId: string
  readonly title: string
  readonly text: Y.Text
}

/** What somebody may take away from a document. */
export function useDocumentMenu({ documentId, title, text }: MenuParts): readonly MenuItem[] {
  const ask = useAsk()
  const toasts = useToasts()
  const { copy } = useDocuments()
  const put = async (what: string, write: () => Promise<void>): Promise<void> => {
    if (await ask(write)) toasts.show({ tone: 'good', text: `${what} is in the clipboard.` })
  }
  return [
    { label: 'Download Markdown', icon: 'down', onSelect: () => downloadMarkdown(title, text.toJSON()) },
    {
      label: 'Copy as Markdown',
      icon: 'copy',
      onSelect: () => void put('The Markdown', () => navigator.clipboard.writeText(text.toJSON())),
    },
    { label: 'Copy as HTML', icon: 'copy', onSelect: () => void put('The HTML', () => copyHtml(text.toJSON())) },
    { label: 'Make a copy', icon: 'plus', onSelect: () => void copy({ id: documentId, title }) },
  ]
}
