import { createHash } from 'node:crypto'

/** 22 characters that only this author, room and key give, so that a retry makes the same message. */
export function messageId(userId: string, conversationId: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([userId, conversationId, key]))
    .digest('base64url')
    .slice(0, 22)
}
