import { fail } from './millrace-error.ts'

/**
 * JSON with sorted keys, so that equal parameters give one text whatever their order. `undefined` members are left out.
 *
 * @throws MillraceError `INVALID_INPUT` for anything that JSON would change or drop: two dates must not become one text.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value))
    return JSON.stringify(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw notJson(typeof value === 'number' ? String(value) : typeof value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw notJson('an instance of a class')
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`)
  return `{${members.join(',')}}`
}

function notJson(kind: string): Error {
  return fail('INVALID_INPUT', `room parameters must be JSON, not ${kind}; give text or numbers`)
}

/**
 * The name of a room in stores and on the bus. Namespace and room name hold no spaces, so the three parts cannot be
 * mistaken for each other.
 *
 * @param params As parsed; a room without parameters has `{}`.
 */
export function roomKey(namespace: string, room: string, params: unknown = {}): string {
  return `${namespace} ${room} ${canonicalJson(params)}`
}
