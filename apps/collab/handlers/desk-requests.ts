import type { Handlers } from '@millrace/server'
import type { collab, Comment, PublicUser } from '../contract.ts'
import type { CollabStore, DocumentWrite } from '../store/collab-store.ts'
import type { NewsOf } from '../store/news.ts'
import type { Writes } from './writes.ts'

type Desk = Handlers<typeof collab, PublicUser>['rooms']['desk']

interface Context {
  readonly user: PublicUser
  readonly key: string | undefined
  readonly params: { readonly documentId: string }
}

export function deskRequests(store: CollabStore, writes: Writes): Desk['requests'] {
  const change = <T>(context: Context, make: (write: DocumentWrite) => Promise<T>): Promise<T> =>
    writes.change(context, context.params.documentId, make)
  const comment = async (
    context: Context,
    make: (write: DocumentWrite) => Promise<NewsOf<'comment'>>,
  ): Promise<Comment> => (await change(context, make)).comment

  return {
    'title.set': async (context) => {
      const { title, rev } = await change(context, (write) => store.setTitle(write, context.input.title))
      return { title, rev }
    },
    'comment.add': (context) => comment(context, (write) => store.addComment(write, context.input)),
    'comment.reply': (context) => comment(context, (write) => store.reply(write, context.input.id, context.input.text)),
    'comment.edit': (context) => comment(context, (write) => store.editNote(write, context.input, context.input.text)),
    'comment.resolve': (context) =>
      comment(context, (write) => store.resolve(write, context.input.id, context.input.isResolved)),
    'comment.remove': async (context) => {
      await change(context, (write) => store.removeNote(write, context.input))
      return {}
    },
    'link.list': async ({ params, user }) => ({ links: [...(await store.links(params.documentId, user.id))] }),
    'link.make': ({ params, user, input }) => {
      writes.holdBack(user)
      return store.makeLink(params.documentId, user.id, input.role)
    },
    'link.end': async (context) => {
      await change(context, (write) => store.endLink(write, context.input.id))
      return {}
    },
  }
}
