import { isUtf8 } from 'node:buffer'
import { fail } from '@millrace/contract'
import type { Payload } from '@millrace/server'

/** `t` and text, `b` and bytes. Copies, since the caller may change its buffer afterwards. */
export function encodePayload(payload: Payload): { readonly kind: 't' | 'b'; readonly bytes: Buffer } {
  if (typeof payload !== 'string') return { kind: 'b', bytes: Buffer.from(payload) }
  if (/\p{Surrogate}/u.test(payload)) {
    const message = 'the payload holds half a surrogate pair, which is no UTF-8; send it as JSON.stringify writes it'
    throw fail('INVALID_INPUT', message)
  }
  return { kind: 't', bytes: Buffer.from(payload) }
}

/** Text is relayed as it is, so that what is not JSON would reach every member. */
export function decodePayload(kind: string, bytes: Buffer): Payload | undefined {
  if (kind === 'b') return new Uint8Array(bytes)
  if (kind !== 't' || !isUtf8(bytes)) return undefined
  const text = bytes.toString()
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}
