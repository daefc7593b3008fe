import type { Write as WriteKey } from '@millrace/app-database'
import type { Conversation, Draft, InboxEntry, Message, Page, PublicUser } from '../contract.ts'

/** A picture that was checked. */
export interface Picture {
  /** For example `image/png`. */
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** Who does it, where, and the request's key: the same call with the same key changes nothing the second time. */
export interface Write extends WriteKey {
  readonly conversationId: string
}

/**
 * What the chat keeps: a SQLite file or PostgreSQL. Calls reject with a MillraceError `FORBIDDEN` where the user may not,
 * `INVALID_INPUT` where what they name is not there, and then nothing is stored; `UNAVAILABLE` where the database does not
 * answer. A write that was made before answers as it did then, so that what is published under a key stays the same; where
 * the message was deleted since, with what is left of it.
 */
export interface ChatStore {
  /** Notes a user, or a new name, and puts newcomers into the conversations that everybody starts with. */
  enter(user: PublicUser): Promise<void>
  searchPeople(query: string, limit: number): Promise<readonly PublicUser[]>
  searchOpen(query: string, limit: number): Promise<readonly Conversation[]>
  isMember(conversationId: string, userId: string): Promise<boolean>
  inbox(userId: string): Promise<readonly InboxEntry[]>
  /** One entry per member. */
  inboxEntries(conversationId: string): Promise<readonly { readonly userId: string; readonly entry: InboxEntry }[]>
  /** @returns Its id. */
  create(write: Write, title: string, isOpen: boolean, memberIds: readonly string[]): Promise<string>
  /** Adds the user to an open conversation. */
  join(conversationId: string, userId: string): Promise<void>
  /** @returns The conversation of the two, made where there was none. Of a user with themselves, too. */
  openDirect(userId: string, otherId: string): Promise<string>
  /** The newest messages, or those before a `seq`, in order. */
  messages(conversationId: string, limit: number, before?: number): Promise<Page>
  image(conversationId: string, id: string): Promise<Uint8Array | undefined>
  /** Whether this user's write was made before. */
  isKnown(write: WriteKey): Promise<boolean>
  /** The message's id is the key. */
  send(write: Write, draft: Omit<Draft, 'image'>, picture: Picture | undefined): Promise<Message>
  edit(write: Write, id: string, text: string, mentions: readonly string[]): Promise<Message>
  delete(write: Write, id: string): Promise<Message>
  react(write: Write, id: string, emoji: string, isOn: boolean): Promise<Message>
  /** @returns Whether the mark moved. */
  read(conversationId: string, userId: string, seq: number): Promise<boolean>
  /**
   * Writes that were stored, but not noted as published, or that one: its handler still runs, or its process ended. In the
   * order in which each conversation saw them; the message as the write left it, null where it made the conversation.
   */
  unpublished(write?: WriteKey): Promise<readonly (Write & { readonly message: Message | null })[]>
  notePublished(write: WriteKey): Promise<void>
  close(): Promise<void>
}
