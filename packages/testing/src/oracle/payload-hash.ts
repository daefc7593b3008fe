import { createHash } from 'node:crypto'
import { canonicalJson } from '@millrace/contract'

/** Equal JSON payloads have equal hashes, whatever the order of their members. 16 hexadecimal digits. */
export function payloadHash(payload: unknown): string {
  return createHash('sha256').update(canonicalJson(payload)).digest('hex').slice(0, 16)
}
