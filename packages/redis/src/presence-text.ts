import type { PresenceMeta } from '@millrace/server'

type Place = Pick<PresenceMeta, 'userId' | 'metaId'>

export type PresenceChange = { readonly entered: PresenceMeta } | { readonly left: Place }

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

/** A message on the room's channel: `+` and an entry, or `-` and a place. */
export function decodePresenceChange(text: Buffer): PresenceChange | undefined {
  const mark = text.toString('latin1', 0, 1)
  if (mark === '+') {
    const entered = decodeMeta(text.toString('utf8', 1))
    return entered && { entered }
  }
  const [userId, metaId, ...rest] = mark === '-' ? (textList(text.toString('utf8', 1)) ?? []) : []
  return userId === undefined || metaId === undefined || rest.length > 0 ? undefined : { left: { userId, metaId } }
}

function decodeMeta(text: string): PresenceMeta | undefined {
  const [userId, metaId, owner, user, state, ...rest] = textList(text) ?? []
  if (userId === undefined || metaId === undefined || owner === undefined || rest.length > 0) return undefined
  if (user === undefined || !isJson(user) || state === undefined || !isJson(state)) return undefined
  return { userId, metaId, owner, user, state }
}

function textList(text: string): readonly string[] | undefined {
  const value = parseJson(text)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

function isJson(text: string): boolean {
  return parseJson(text) !== undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
