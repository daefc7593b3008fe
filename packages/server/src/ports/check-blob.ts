import { fail } from '@millrace/contract'
import { maxBlobBytes, maxBlobs, type BlobWrite } from './blobs.ts'

/** @throws MillraceError `INVALID_INPUT`. */
export function checkBlobName(name: string): void {
  if (!/^[\w./-]{1,200}$/.test(name))
    throw fail('INVALID_INPUT', 'the name of kept bytes must be 1 to 200 of A-Z a-z 0-9 _ . / -')
}

/** @throws MillraceError `INVALID_INPUT` or `PAYLOAD_TOO_LARGE`. */
export function checkBlobWrite({ name, bytes }: BlobWrite): void {
  checkBlobName(name)
  if (bytes.byteLength > maxBlobBytes)
    throw fail('PAYLOAD_TOO_LARGE', `"${name}" would be larger than ${maxBlobBytes} bytes; keep less under one name`)
}

/** @throws MillraceError `OVERLOADED` where a room that holds `count` names can take no new one. */
export function checkBlobCount(count: number): void {
  if (count >= maxBlobs) throw fail('OVERLOADED', `the room keeps bytes under ${maxBlobs} names; remove one first`)
}
