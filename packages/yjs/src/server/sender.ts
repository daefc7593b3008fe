import type { TypedRoomHandle } from '@millrace/server'
import type { DocumentEntry } from '../contract/document.ts'
import type { Sender } from './accept-update.ts'
import type { DocumentContext } from './document-requests.ts'
import type { LiveDocument } from './live-document.ts'
import { serverUser } from './guard/owners.ts'

/** A user, through the request that the update came with. Where it has no key a retry is stored a second time, which does no harm. */
export function sentBy({ parts }: LiveDocument, { user, key, room }: DocumentContext<unknown>): Sender {
  return { from: user.id, owner: user.id, key: key ?? parts.random.id(), publish: publisher(room) }
}

/** What the server writes because a user asked for it. */
export function writtenFor({ parts }: LiveDocument, { user, room }: DocumentContext<unknown>): Sender {
  return { from: user.id, owner: serverUser, key: parts.random.id(), publish: publisher(room) }
}

/** The server itself. */
export function sentByServer({ parts }: LiveDocument, owner: string | null = serverUser): Sender {
  return { from: null, owner, key: parts.random.id(), publish: publisher(parts.room) }
}

function publisher(room: TypedRoomHandle<DocumentEntry>): Sender['publish'] {
  return (update, key) => room.publish('update', update, { key })
}
