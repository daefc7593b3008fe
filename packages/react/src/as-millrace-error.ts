import { fail, MillraceError } from '@millrace/contract'

/** What somebody else's code threw, as the one class of errors; anything foreign becomes `INTERNAL`, with its cause. */
export function asMillraceError(thrown: unknown): MillraceError {
  if (thrown instanceof MillraceError) return thrown
  return fail('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
}
