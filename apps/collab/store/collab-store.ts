import type { Write } from '@millrace/app-database'
import type { Comment, CommentDraft, GrantedRole, Link, PublicUser, Role, ShelfEntry } from '../contract.ts'
import type { News, NewsOf } from './news.ts'

/** Who does it, in which document, and the request's key: the same call with the same key changes nothing the second time. */
export interface DocumentWrite extends Write {
  readonly documentId: string
}

/** What a page begins with: a text, or what another page holds then. */
export type Beginning = { readonly text: string } | { readonly copyOf: string }
export type BeginningOf = Beginning & { readonly documentId: string }

/** A comment, or one of its replies. */
export interface NoteName {
  readonly id: string
  readonly replyId?: string | undefined
}

/**
 * What collab keeps around the texts: a SQLite file or PostgreSQL. Calls reject with a MillraceError `FORBIDDEN` where the user
 * may not, `INVALID_INPUT` where what they name is not there or a bound is reached, and then nothing is stored; `UNAVAILABLE`
 * where the database does not answer. A write that was made before answers as it did then, unless what it made was removed
 * since: `INVALID_INPUT`.
 */
export interface CollabStore {
  /** Notes a user, or a new name. */
  enter(user: PublicUser): Promise<void>
  /** The documents that a user may open, those with the latest edits first. */
  shelf(userId: string): Promise<readonly ShelfEntry[]>
  /** A document as each of these users has it; those who may not open it are left out. */
  entries(documentId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, ShelfEntry>>
  /** The owner, and those whom links let in. */
  people(documentId: string): Promise<readonly string[]>
  role(documentId: string, userId: string): Promise<Role | undefined>
  desk(documentId: string): Promise<{ readonly title: string; readonly rev: number; readonly comments: Comment[] }>

  /** The document's id is the key. Where it is a copy, the user may read its original. */
  create(write: Write, title: string, beginning: Beginning): Promise<NewsOf<'made'>>
  /** What is to be written into pages, of all documents or of that one. */
  beginnings(documentId?: string): Promise<readonly BeginningOf[]>
  /** It is in the page. Those of everybody's documents stay, for rooms that begin anew. */
  noteFilled(documentId: string): Promise<void>
  setTitle(write: DocumentWrite, title: string): Promise<NewsOf<'titled'>>
  remove(write: DocumentWrite): Promise<NewsOf<'removed'>>
  leave(write: DocumentWrite): Promise<NewsOf<'roles'>>
  /** Somebody changed the text. Once a minute for each document is enough. */
  noteEdited(documentId: string): Promise<void>

  links(documentId: string, userId: string): Promise<readonly Link[]>
  makeLink(documentId: string, userId: string, role: GrantedRole): Promise<Link & { readonly token: string }>
  openLink(write: DocumentWrite, token: string): Promise<NewsOf<'roles'>>
  endLink(write: DocumentWrite, id: string): Promise<NewsOf<'roles'>>

  /** Its id is the key, as that of a reply. */
  addComment(write: DocumentWrite, draft: CommentDraft): Promise<NewsOf<'comment'>>
  reply(write: DocumentWrite, id: string, text: string): Promise<NewsOf<'comment'>>
  resolve(write: DocumentWrite, id: string, isResolved: boolean): Promise<NewsOf<'comment'>>
  editNote(write: DocumentWrite, note: NoteName, text: string): Promise<NewsOf<'comment'>>
  removeNote(write: DocumentWrite, note: NoteName): Promise<NewsOf<'comment' | 'commentGone'>>

  /** Whether this user's write was made before. */
  isKnown(write: Write): Promise<boolean>
  /**
   * Writes that were stored, but not noted as published, or that one: its handler still runs, or its process ended. In the
   * order in which each document saw them, with the news as the write left it.
   */
  unpublished(write?: Write): Promise<readonly (DocumentWrite & { readonly news: News })[]>
  notePublished(write: Write): Promise<void>
  close(): Promise<void>
}
