import { failureText, useToasts } from '@millrace/app-design'
import { useNamespace } from '@millrace/react'
import { useMemo } from 'react'
import { collab, type ShelfEntry } from '../../contract.ts'
import { addressOf, goTo } from '../address.ts'
import { useAsk } from '../use-ask.ts'
import { readMarkdownFile } from './read-markdown-file.ts'

export interface DocumentActions {
  readonly create: () => Promise<void>
  /** As a new document, which is shown then. */
  readonly save: (title: string, text: string) => Promise<void>
  readonly importFiles: (files: Iterable<File>) => Promise<void>
  readonly copy: (entry: Pick<ShelfEntry, 'id' | 'title'>) => Promise<void>
  /** Deletes one's own, and takes one of somebody else off the list. */
  readonly remove: (entry: ShelfEntry) => Promise<void>
}

/** What somebody may do with documents. Where something is not done, a toast says why. */
export function useDocuments(): DocumentActions {
  const namespace = useNamespace(collab)
  const toasts = useToasts()
  const ask = useAsk()
  return useMemo((): DocumentActions => {
    const show = (made: { readonly data: ShelfEntry } | undefined): void => {
      if (made) goTo(addressOf(made.data.id))
    }
    return {
      create: async () => show(await ask(() => namespace.request('document.create', { title: 'Untitled document' }))),
      save: async (title, text) => show(await ask(() => namespace.request('document.importMarkdown', { title, text }))),
      importFiles: async (files) => {
        const made: ShelfEntry[] = []
        for (const file of files) {
          try {
            made.push(await namespace.request('document.importMarkdown', await readMarkdownFile(file)))
          } catch (error) {
            toasts.show({ tone: 'bad', text: failureText(error) })
          }
        }
        const [only] = made
        if (made.length === 1 && only) goTo(addressOf(only.id))
        else if (made.length > 1) toasts.show({ tone: 'good', text: `${made.length} documents were imported.` })
      },
      copy: async ({ id, title }) => {
        const name = `Copy of ${title}`.slice(0, 80).trim()
        show(await ask(() => namespace.request('document.copy', { id, title: name })))
      },
      remove: async (entry) => {
        const isOwn = entry.role === 'owner'
        const done = await ask(() => namespace.request(isOwn ? 'document.remove' : 'document.leave', { id: entry.id }))
        const text = isOwn ? `“${entry.title}” was deleted.` : `“${entry.title}” is off your list.`
        if (done) toasts.show({ text })
      },
    }
  }, [namespace, toasts, ask])
}
