import { fail } from '@millrace/contract'
import type { Handlers } from '@millrace/server'
import { pageUser } from '../page-user.ts'
import type { collab, PublicUser } from '../contract.ts'
import type { Pages } from '../pages.ts'
import type { CollabStore } from '../store/collab-store.ts'
import type { Writes } from './writes.ts'

/** UTF-16 units; as one update it stays below the largest that a document takes. */
const mostCopied = 1_000_000

export function documentRequests(
  store: CollabStore,
  pages: Pages,
  writes: Writes,
): Handlers<typeof collab, PublicUser>['requests'] {
  const copyOf = async (documentId: string, user: PublicUser): Promise<string> => {
    await writes.entry(documentId, user)
    const text = await pages.read(documentId)
    if (text.length <= mostCopied) return text
    throw fail('INVALID_INPUT', `a document of more than ${mostCopied} characters cannot be copied; export it`)
  }
  return {
    whoami: ({ user }) => pageUser(user),
    'document.find': ({ input, user }) => writes.entry(input.id, user),
    'document.create': (context) => writes.create(context, context.input.title, () => ''),
    'document.importMarkdown': (context) => writes.create(context, context.input.title, () => context.input.text),
    'document.copy': (context) =>
      writes.create(context, context.input.title, () => copyOf(context.input.id, context.user)),
    'document.remove': async (context) => {
      await writes.change(context, context.input.id, (write) => store.remove(write))
      return {}
    },
    'document.leave': async (context) => {
      await writes.change(context, context.input.id, (write) => store.leave(write))
      return {}
    },
    'link.open': async (context) => {
      const { documentId, token } = context.input
      await writes.change(context, documentId, (write) => store.openLink(write, token))
      return writes.entry(documentId, context.user)
    },
  }
}
