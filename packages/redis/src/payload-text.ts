import { isUtf8 } from 'node:buffer'
import { fail } from '@millrace/contract'
import type { Payload } from '@millrace/server'
import { maxDepth, parseBounded } from './bounded-json.ts'
import { isWithinDepth } from './json-depth.ts'

/** Above what applications send, and below what holds up a node or Redis. What is larger was written by something else. */
const maxPayloadBytes = 8_000_000

/** Of what stands beside a payload: keys, user ids and names. */
export const maxHeadBytes = 1_000_000

/** Of a message. Its parts are told apart by lines of at most 300 bytes. */
export const maxMessageBytes = maxPayloadBytes + maxHeadBytes + 1_000

/**
 * `t` and text, `b` and bytes: a command that holds texts only is written several times as fast. Bytes are a copy, since the
 * caller may change its buffer afterwards.
 *
 * @throws MillraceError `PAYLOAD_TOO_LARGE` for what no node would read back, `INVALID_INPUT`.
 */
export function encodePayload(payload: Payload): { readonly kind: 't' | 'b'; readonly body: string | Buffer } {
  if (typeof payload !== 'string') return { kind: 'b', body: withinSize(Buffer.from(payload)) }
  if (/\p{Surrogate}/u.test(payload)) {
    const message = 'the payload holds half a surrogate pair, which is no UTF-8; send it as JSON.stringify writes it'
    throw fail('INVALID_INPUT', message)
  }
  if (!isWithinDepth(payload, maxDepth)) {
    throw fail('PAYLOAD_TOO_LARGE', `the payload is nested deeper than ${maxDepth} levels; flatten it`)
  }
  return { kind: 't', body: withinSize(payload) }
}

/** Text is relayed as it is, so that what is not JSON would reach every member. */
export function decodePayload(kind: string, bytes: Buffer): Payload | undefined {
  if (bytes.length > maxPayloadBytes) return undefined
  if (kind === 'b') return new Uint8Array(bytes)
  if (kind !== 't' || !isUtf8(bytes)) return undefined
  const text = bytes.toString()
  return parseBounded(text) === undefined ? undefined : text
}

/** @throws MillraceError `PAYLOAD_TOO_LARGE` */
export function withinHead(head: string): string {
  if (Buffer.byteLength(head) > maxHeadBytes) {
    throw fail('PAYLOAD_TOO_LARGE', `keys, names and user ids take more than ${maxHeadBytes} bytes; shorten them`)
  }
  return head
}

function withinSize<B extends string | Buffer>(body: B): B {
  if (Buffer.byteLength(body) <= maxPayloadBytes) return body
  throw fail('PAYLOAD_TOO_LARGE', `the payload is larger than ${maxPayloadBytes} bytes; send it in parts`)
}
