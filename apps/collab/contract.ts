import { defineContract, event, request, room } from '@millrace/contract'
import { document } from '@millrace/yjs/contract'
import { z } from 'zod'

const Nothing = z.object({})
const Id = z.string().regex(/^[\w-]{1,64}$/)

/** Line breaks, other control characters, and those that would turn the text around a title. */
const troublesome = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
export const maxTitleLength = 80
export const Title = z
  .string()
  .trim()
  .min(1)
  .max(maxTitleLength)
  .refine((title) => !troublesome.test(title), 'expected one line without control characters')

/** `owner`: everything; `editor`: text, title and comments; `reader`: reads. */
export const Role = z.enum(['owner', 'editor', 'reader'])
const GrantedRole = Role.exclude(['owner'])

/** What everybody sees of a user. */
export const PublicUser = z.object({ id: Id, name: z.string().min(1).max(40) })

/** Who is in a document. `color`: `#rrggbb`, white text on it is readable; from the id, as the avatar's. */
export const PageUser = PublicUser.extend({ color: z.string().regex(/^#[\da-f]{6}$/) })

/** The text of a document's page: `doc.getText(pageText)`. */
export const pageText = 'markdown'

/** UTF-16 units of a text that makes a document. */
export const maxImportLength = 150_000
export const maxCommentLength = 4_000
export const maxReplyLength = 2_000

/** A document as one of its people sees it in the list. */
export const ShelfEntry = z.object({
  id: Id,
  title: Title,
  role: Role,
  owner: PublicUser,
  /** Of the server's clock, ms since 1970. */
  at: z.number(),
  /** When its text was changed last, to the minute, as it was when the list was read; ms since 1970. */
  editedAt: z.number(),
  /** Everybody's: nobody shares, renames, deletes or leaves it. */
  isForAll: z.boolean(),
  /** Rises with every change; of two entries of one document, also one that tells that it is gone, the higher is the newer. */
  rev: z.int().positive(),
})

const Text = z.string().trim().min(1)

/** A relative position of Yjs as `Y.encodeRelativePosition` writes it, in Base64. */
const RelativePosition = z.base64().min(1).max(400)

export const CommentDraft = z.object({
  text: Text.max(maxCommentLength),
  /** What was selected, shortened; for where its place is gone. */
  quote: z.string().max(300),
  /** The selection in the text of the page. */
  anchor: z.object({ from: RelativePosition, to: RelativePosition }),
})

export const Reply = z.object({
  /** The key of the request that wrote it. */
  id: Id,
  author: PublicUser,
  at: z.number(),
  editedAt: z.number().nullable(),
  text: z.string().max(maxReplyLength),
})

/** Text is text, never HTML. */
export const Comment = CommentDraft.extend({
  /** The key of the request that wrote it. */
  id: Id,
  author: PublicUser,
  at: z.number(),
  editedAt: z.number().nullable(),
  resolved: z.object({ by: PublicUser, at: z.number() }).nullable(),
  /** In the order in which they were written. */
  replies: z.array(Reply),
  /** Rises with every change; of two versions of a comment the higher is the newer. One that is gone stays gone. */
  rev: z.int().positive(),
})

export const Link = z.object({ id: Id, role: GrantedRole, at: z.number() })

export type Role = z.output<typeof Role>
export type GrantedRole = z.output<typeof GrantedRole>
export type PublicUser = z.output<typeof PublicUser>
export type PageUser = z.output<typeof PageUser>
export type ShelfEntry = z.output<typeof ShelfEntry>
export type CommentDraft = z.output<typeof CommentDraft>
export type Reply = z.output<typeof Reply>
export type Comment = z.output<typeof Comment>
export type Link = z.output<typeof Link>

const One = z.object({ id: Id })
/** A comment, or one of its replies. */
const OneNote = One.extend({ replyId: Id.optional() })
const DocumentId = z.object({ documentId: Id })
const Titled = z.object({ title: Title, rev: z.int().positive() })

/** May be sent again with its key at any time. */
const ask = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  request({ input, output, idempotent: true })

/** Documents in Markdown that people write together. */
export const collab = defineContract({
  namespace: '/collab',
  requests: {
    whoami: ask(Nothing, PageUser),
    /** Empty, of the user's own; its id is the key of the request. */
    'document.create': ask(z.object({ title: Title }), ShelfEntry),
    /** The text as it is now, without its history and comments, as a document of the user's own. */
    'document.copy': ask(One.extend({ title: Title }), ShelfEntry),
    'document.importMarkdown': ask(z.object({ title: Title, text: z.string().max(maxImportLength) }), ShelfEntry),
    /** Its owner only. Everybody in it is put out. */
    'document.remove': ask(One, Nothing),
    /** Takes a shared document off the user's list, and what links granted with it. */
    'document.leave': ask(One, Nothing),
    /** What is on the list under this id. */
    'document.find': ask(One, ShelfEntry),
    /** Grants what the link grants, for as long as the link lasts. */
    'link.open': ask(DocumentId.extend({ token: z.string().min(1).max(100) }), ShelfEntry),
  },
  rooms: {
    /** The text: a Yjs document with one text, `pageText`. */
    page: document({ params: DocumentId, user: PageUser, maxBytes: 8_000_000 }),
    /** One per user: the documents that the user may open. */
    shelf: room({
      params: z.object({ userId: Id }),
      /** The newest first. */
      snapshot: z.object({ documents: z.array(ShelfEntry) }),
      events: {
        /** A new document, or a new title or role of one. */
        changed: event(ShelfEntry),
        /** Deleted, left, or its link was ended. */
        gone: event(One.extend({ rev: z.int().positive() })),
      },
    }),
    /** What stands around the text of one document. One's own role is in the shelf. */
    desk: room({
      params: DocumentId,
      /** Comments in the order in which they were written. */
      snapshot: z.object({ title: Title, rev: z.int().positive(), comments: z.array(Comment) }),
      events: {
        titled: event(Titled),
        /** A new comment, or a new version of one. */
        comment: event(Comment),
        commentGone: event(One),
      },
      requests: {
        'title.set': ask(z.object({ title: Title }), Titled),
        'comment.add': ask(CommentDraft, Comment),
        'comment.reply': ask(One.extend({ text: Text.max(maxReplyLength) }), Comment),
        /** One's own. */
        'comment.edit': ask(OneNote.extend({ text: Text.max(maxCommentLength) }), Comment),
        'comment.resolve': ask(One.extend({ isResolved: z.boolean() }), Comment),
        /** One's own, or anybody's as the owner. A comment goes with its replies. */
        'comment.remove': ask(OneNote, Nothing),
        /** Links are the owner's. */
        'link.list': ask(Nothing, z.object({ links: z.array(Link) })),
        /** `token`: part of the address; it is told here only. Sent again with its key, the request tells it again for 5 minutes. */
        'link.make': request({ input: z.object({ role: GrantedRole }), output: Link.extend({ token: z.string() }) }),
        /** Takes away what it granted. */
        'link.end': ask(One, Nothing),
      },
    }),
  },
})
