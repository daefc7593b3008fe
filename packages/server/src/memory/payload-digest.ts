import type { Payload } from '../ports/event-log.ts'

/**
 * 53 bits that tell payloads under one key apart (cyrb53, https://github.com/bryc/code, public domain). It protects
 * nothing: who finds a collision only gets the position of an entry of their own.
 */
export function payloadDigest(payload: Payload): number {
  const isText = typeof payload === 'string'
  const { length } = payload
  let high = isText ? 0xdeadbeef : 0x1b873593
  let low = 0x41c6ce57
  for (let index = 0; index < length; index++) {
    const unit = isText ? payload.charCodeAt(index) : (payload[index] as number)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}
