import { fail, type MillraceError } from './millrace-error.ts'
import type { ErrorCode } from './errors.ts'
import { jsonBytes } from './json-bytes.ts'

export interface WireLimits {
  /** Deepest nesting of arrays and objects. Default 32. */
  readonly maxDepth: number
  /** Keys and array elements in one payload, all levels together. Default 1,000. */
  readonly maxKeys: number
  /** Size of the payload as JSON in UTF-8, each number counted as 8 bytes, plus its bytes. Absent: no limit. */
  readonly maxPayloadBytes?: number
  /** Whether bytes may stand inside of objects and arrays. Absent: yes. */
  readonly allowNestedBytes?: boolean
}

export const defaultWireLimits: WireLimits = { maxDepth: 32, maxKeys: 1_000 }

/**
 * Refuses what must not cross the wire: nesting and size beyond the limits, keys that reach prototypes, and values that
 * JSON would change or drop (functions, dates, NaN, class instances). Bytes are a leaf, and members that are `undefined`
 * count as absent, as in JSON.
 *
 * @returns The refusal, or undefined where the value may pass.
 */
export function guardWire(value: unknown, limits: WireLimits = defaultWireLimits): MillraceError | undefined {
  const refusal = visit(value, 0, { limits, keysLeft: limits.maxKeys, bytesLeft: limits.maxPayloadBytes ?? Infinity })
  return refusal && fail(refusal.code, refusal.message, { path: refusal.path })
}

interface Walk {
  readonly limits: WireLimits
  keysLeft: number
  bytesLeft: number
}

/** The path grows from the leaf to the root while the walk returns, so that a clean value costs no strings. */
interface Refusal {
  readonly code: ErrorCode
  readonly message: string
  path: string
}

function visit(value: unknown, depth: number, walk: Walk): Refusal | undefined {
  switch (typeof value) {
    case 'string':
      return spend(jsonBytes(value), walk)
    case 'boolean':
      return spend(value ? 4 : 5, walk)
    case 'number':
      return Number.isFinite(value) ? spend(8, walk) : notJson(String(value))
    case 'undefined':
      return depth === 0 ? undefined : notJson('undefined')
    case 'object':
      if (value === null) return spend(4, walk)
      break
    default:
      return notJson(typeof value)
  }
  if (Array.isArray(value)) return depth < walk.limits.maxDepth ? visitArray(value, depth, walk) : tooDeep(walk)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype || prototype === null) {
    return depth < walk.limits.maxDepth ? visitObject(value as Record<string, unknown>, depth, walk) : tooDeep(walk)
  }
  if (value instanceof Uint8Array || value instanceof ArrayBuffer) return visitBytes(value, depth, walk)
  return notJson('an instance of a class')
}

function visitArray(values: readonly unknown[], depth: number, walk: Walk): Refusal | undefined {
  walk.keysLeft -= values.length
  if (walk.keysLeft < 0) return tooManyKeys(walk)
  for (let index = 0; index < values.length; index++) {
    const refusal = visit(values[index], depth + 1, walk)
    if (refusal) return at(`[${index}]`, refusal)
  }
  return spend(1 + Math.max(1, values.length), walk) // brackets and commas
}

function visitObject(value: Record<string, unknown>, depth: number, walk: Walk): Refusal | undefined {
  let count = 0
  for (const key of Object.keys(value)) {
    if (--walk.keysLeft < 0) return tooManyKeys(walk)
    if (isRefusedKey(key)) {
      return at(key, invalid(`the key ${key} is not allowed; rename it`))
    }
    const member = value[key]
    if (member === undefined) continue
    count++
    const refusal = spend(jsonBytes(key) + 1, walk) ?? visit(member, depth + 1, walk)
    if (refusal) return at(key, refusal)
  }
  return spend(1 + Math.max(1, count), walk) // braces and commas
}

/** Keys that reach prototypes, and the one by which Socket.IO's parsers know the place of bytes. */
function isRefusedKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype' || key === '_placeholder'
}

function visitBytes(value: Uint8Array | ArrayBuffer, depth: number, walk: Walk): Refusal | undefined {
  if (depth === 0 || walk.limits.allowNestedBytes !== false) return spend(value.byteLength, walk)
  return invalid('an event is either JSON or bytes; send the bytes alone')
}

function spend(bytes: number, walk: Walk): Refusal | undefined {
  walk.bytesLeft -= bytes
  return walk.bytesLeft < 0 ? tooLarge(`larger than ${walk.limits.maxPayloadBytes} bytes; send it in parts`) : undefined
}

function at(place: string, refusal: Refusal): Refusal {
  const separator = refusal.path === '' || refusal.path.startsWith('[') ? '' : '.'
  refusal.path = place + separator + refusal.path
  return refusal
}

function tooDeep({ limits }: Walk): Refusal {
  return tooLarge(`nested deeper than ${limits.maxDepth} levels; flatten it`)
}

function tooManyKeys({ limits }: Walk): Refusal {
  return tooLarge(`more than ${limits.maxKeys} keys and elements; send less at once`)
}

function tooLarge(message: string): Refusal {
  return { code: 'PAYLOAD_TOO_LARGE', message, path: '' }
}

function notJson(kind: string): Refusal {
  return invalid(`${kind} is not JSON; send text, numbers, plain objects or bytes`)
}

function invalid(message: string): Refusal {
  return { code: 'INVALID_INPUT', message, path: '' }
}
