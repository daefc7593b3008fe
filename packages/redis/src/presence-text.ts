import type { PresenceMeta } from '@millrace/server'
import { parseBounded, parseTexts } from './bounded-json.ts'
import { maxMessageBytes } from './payload-text.ts'

type Place = Pick<PresenceMeta, 'userId' | 'metaId'>

export type PresenceChange = { readonly entered: PresenceMeta } | { readonly left: Place }

export interface PresenceMessage {
  /** The id of this change, and of the one before it. */
  readonly id: string
  readonly before: string
  readonly change: PresenceChange
}

const line = /^([\w-]{1,64}) ([\w-]{1,64})$/
const newline = 0x0a

export function presencePlace({ userId, metaId }: Place): string {
  return JSON.stringify([userId, metaId])
}

export function encodeMeta({ userId, metaId, owner, user, state }: PresenceMeta): string {
  return JSON.stringify([userId, metaId, owner, user, state])
}

/** What stands in the room's hash: a line of node and owner, then the entry. */
export function decodePresent(text: string): PresenceMeta | undefined {
  return decodeMeta(text.slice(text.indexOf('\n') + 1))
}

/** What this node entered, of all that stands in the room's hash: digests of owners by place. */
export function heldBy(node: string, values: readonly string[]): Map<string, string> {
  const held = new Map<string, string>()
  for (const value of values) {
    const [holder, owner] = value.slice(0, value.indexOf('\n')).split(' ')
    const meta = holder === node ? decodePresent(value) : undefined
    if (meta !== undefined && owner !== undefined) held.set(presencePlace(meta), owner)
  }
  return held
}

/** A message on the room's channel: a line of the id before (`-` for none) and its own; then the change. */
export function decodePresenceMessage(text: Buffer): PresenceMessage | undefined {
  const lineEnd = text.indexOf(newline)
  if (text.length > maxMessageBytes || lineEnd === -1 || lineEnd > 130) return undefined
  const [, before, id] = line.exec(text.toString('latin1', 0, lineEnd)) ?? []
  const change = decodeChange(text.subarray(lineEnd + 1))
  return before === undefined || id === undefined || change === undefined ? undefined : { before, id, change }
}

/** `+` and an entry, or `-` and a place. */
function decodeChange(text: Buffer): PresenceChange | undefined {
  const mark = text.toString('latin1', 0, 1)
  if (mark === '+') {
    const entered = decodeMeta(text.toString('utf8', 1))
    return entered && { entered }
  }
  const [userId, metaId, ...rest] = mark === '-' ? (parseTexts(text.toString('utf8', 1)) ?? []) : []
  return userId === undefined || metaId === undefined || rest.length > 0 ? undefined : { left: { userId, metaId } }
}

function decodeMeta(text: string): PresenceMeta | undefined {
  const [userId, metaId, owner, user, state, ...rest] = text.length > maxMessageBytes ? [] : (parseTexts(text) ?? [])
  if (userId === undefined || metaId === undefined || owner === undefined || rest.length > 0) return undefined
  if (
    user === undefined ||
    parseBounded(user) === undefined ||
    state === undefined ||
    parseBounded(state) === undefined
  )
    return undefined
  return { userId, metaId, owner, user, state }
}
