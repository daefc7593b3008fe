import { MillraceError } from '@millrace/contract'
import type { Clocks } from './clocks.ts'
import { examineInThread } from './examine-in-thread.ts'
import { examine, type Accepted } from './guard/examine.ts'
import { isMissing } from './is-missing.ts'

/** What is in the log was let in. */
const limits = { maxUpdateBytes: Infinity, bytesLeft: Infinity }

/**
 * Looks at an update of the log, as before it was stored: what it refers to may have been lost or removed since, and would keep the
 * document from ever being made.
 *
 * @throws MillraceError INVALID_INPUT where it is no update, or refers to what `known` does not hold.
 */
export function lookAtStored(update: Uint8Array, known: Clocks): Accepted {
  const verdict = examine(update, known, limits)
  if (!verdict.ok) throw verdict.error
  return verdict
}

/** As `lookAtStored`, in the thread. */
export function lookAtLargeStored(update: Uint8Array, known: Clocks): Promise<Accepted> {
  return examineInThread(update, () => known, limits)
}

/** What is reported of an entry that is left out. */
export function leftOut({ offset }: { readonly offset: number }, cause: unknown): Error {
  const isLost = cause instanceof MillraceError && isMissing(cause)
  const why = isLost ? 'refers to what was lost or removed before it' : 'is no Yjs update'
  return new Error(`entry ${offset} of a document ${why}; it is left out`, { cause })
}
