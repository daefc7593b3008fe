import type { Handlers } from '@millrace/server'
import { pageUser } from '../page-user.ts'
import type { collab, PublicUser } from '../contract.ts'
import type { CollabStore } from '../store/collab-store.ts'
import type { Writes } from './writes.ts'

export function documentRequests(store: CollabStore, writes: Writes): Handlers<typeof collab, PublicUser>['requests'] {
  return {
    whoami: ({ user }) => pageUser(user),
    'document.find': ({ input, user }) => writes.entry(input.id, user),
    'document.create': (context) => writes.create(context, context.input.title, { text: '' }),
    'document.importMarkdown': (context) => writes.create(context, context.input.title, { text: context.input.text }),
    'document.copy': (context) => writes.create(context, context.input.title, { copyOf: context.input.id }),
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
