import type { WireAnswer } from '@millrace/contract'
import { hasBytes } from '../has-bytes.ts'

type Path = readonly (string | number)[]

/** JSON cannot hold bytes, so they are kept beside it with the place where each stood. */
interface WithBytes {
  readonly kept: unknown
  readonly bytes: readonly (readonly [path: Path, base64: string])[]
}

/**
 * An answer as text, so that a store can keep it.
 *
 * @throws Whatever `JSON.stringify` throws for what is not JSON.
 */
export function keepAnswer(answer: WireAnswer): string {
  if (!hasBytes(answer)) return JSON.stringify(answer)
  const bytes: [Path, string][] = []
  const kept = takeBytes(answer, [], bytes)
  return JSON.stringify({ kept, bytes } satisfies WithBytes)
}

/** Whether the kept text is also the answer's JSON on the wire: it had no bytes. */
export function isWireJson(text: string): boolean {
  return !text.startsWith('{"kept":')
}

/** The inverse of `keepAnswer`. */
export function readKeptAnswer(text: string): WireAnswer {
  const value = JSON.parse(text) as WireAnswer | WithBytes
  if ('ok' in value) return value
  for (const [path, base64] of value.bytes) putAt(value, ['kept', ...path], Buffer.from(base64, 'base64'))
  return value.kept as WireAnswer
}

/** A copy of the value without its bytes. */
function takeBytes(value: unknown, path: Path, bytes: [Path, string][]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    const view = value instanceof ArrayBuffer ? new Uint8Array(value) : value
    bytes.push([path, Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64')])
    return null
  }
  if (Array.isArray(value)) return value.map((member, index) => takeBytes(member, [...path, index], bytes))
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, takeBytes(member, [...path, key], bytes)]),
  )
}

function putAt(root: object, path: Path, value: unknown): void {
  let target = root as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) target = target[step] as Record<string | number, unknown>
  target[path[path.length - 1]!] = value
}
