import { failureText, useToasts } from '@millrace/app-design'
import { useClient, useNamespace } from '@millrace/react'
import { useMemo } from 'react'
import { collab, type ShelfEntry } from '../../contract.ts'
import { addressOf, goTo } from '../address.ts'
import { useAsk } from '../use-ask.ts'
import { readMarkdownFile } from './read-markdown-file.ts'

export interface DocumentActions {
  readonly create: () => Promise<void>
  readonly importFiles: (files: Iterable<File>) => Promise<void>
  readonly copy: (entry: Pick<ShelfEntry, 'id' | 'title'>) => Promise<void>
  /** Resolves with whether it was done. */
  readonly rename: (id: string, title: string) => Promise<boolean>
  /** Deletes one's own, and takes one of somebody else off the list. */
  readonly remove: (entry: ShelfEntry) => Promise<void>
}

/** What somebody may do with documents. Where something is not done, a toast says why. */
export function useDocuments(): DocumentActions {
  const client = useClient()
  const namespace = useNamespace(collab)
  const toasts = useToasts()
  const ask = useAsk()
  return useMemo((): DocumentActions => {
    const show = (made: { readonly data: ShelfEntry } | undefined): void => {
      if (made) goTo(addressOf(made.data.id))
    }
    return {
      create: async () => show(await ask(() => namespace.request('document.create', { title: 'Untitled document' }))),
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
      rename: async (id, title) => {
        const renamed = await ask(async () => {
          // A second membership of its own, for the one request.
          const room = client.use(collab).room('desk', { documentId: id })
          await room.join()
          try {
            return await room.request('title.set', { title })
          } finally {
            await room.leave()
          }
        })
        return renamed !== undefined
      },
      remove: async (entry) => {
        const isOwn = entry.role === 'owner'
        const done = await ask(() => namespace.request(isOwn ? 'document.remove' : 'document.leave', { id: entry.id }))
        const text = isOwn ? `“${entry.title}” was deleted.` : `“${entry.title}” is off your list.`
        if (done) toasts.show({ text })
      },
    }
  }, [client, namespace, toasts, ask])
}
