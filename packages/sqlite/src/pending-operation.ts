import { fail, type MillraceError } from '@millrace/contract'
import { isRead } from './is-read.ts'
import type { Operation } from './protocol.ts'

/** What an operation takes while it waits: its large parts. */
export function pendingBytes(operation: Operation): number {
  switch (operation.kind) {
    case 'append':
      return operation.payload.length
    case 'write':
      return operation.value.payload?.length ?? 0
    case 'appendSamples':
      return operation.numbers.byteLength + operation.places.byteLength
    case 'writeBlob':
      return operation.bytes.byteLength
    case 'settle':
      return operation.answer.length
    default:
      return 0
  }
}

export function deathError(operation: Operation, reason: string): MillraceError {
  if (isRead(operation)) return fail('UNAVAILABLE', `${reason}; retry later`)
  return fail('OUTCOME_UNKNOWN', `${reason} before it answered; whether it took effect cannot be known`)
}

export function deadlineError(operation: Operation, deadlineMs: number): MillraceError {
  const late = `the database did not answer within ${deadlineMs} ms`
  if (isRead(operation)) return fail('UNAVAILABLE', `${late}; look at the disk, and retry later`)
  return fail('OUTCOME_UNKNOWN', `${late}; whether it took effect cannot be known`)
}
