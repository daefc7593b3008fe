import { fail } from './millrace-error.ts'

/** JSON with sorted keys, so that equal parameters give one text whatever their order. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw fail('INVALID_INPUT', 'room parameters must be finite numbers')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  throw fail('INVALID_INPUT', `room parameters must be JSON, not ${typeof value}`)
}

/**
 * The name of a room in stores and on the bus. Namespace and room name hold no spaces, so the three parts cannot be
 * mistaken for each other.
 */
export function roomKey(namespace: string, room: string, params: unknown): string {
  return `${namespace} ${room} ${canonicalJson(params)}`
}
