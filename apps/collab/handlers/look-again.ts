import { fail } from '@millrace/contract'
import type { Middleware } from '@millrace/server'
import type { Role } from '../contract.ts'
import { notYours } from '../store/changes.ts'

interface LookAgainOptions {
  readonly role: (documentId: string, userId: string) => Promise<Role | undefined>
  /** Takes one connection out of the room that it joined; its client joins again. */
  readonly putOut: (documentId: string, connectionId: string) => void
}

/**
 * Who has no role is refused before the room opens: a room that was opened once takes its place in the store for good. Whose role
 * changes while a join is under way is not yet there to be put out: looked at after the join, too.
 */
export function lookAgain({ role, putOut }: LookAgainOptions): Middleware {
  return async ({ name, input, user, connection }, next) => {
    if (name !== '~join') return next()
    const { documentId } = ((input as { params?: unknown }).params ?? {}) as { documentId?: unknown }
    // What is no id is refused by the join.
    if (typeof documentId !== 'string') return next()
    const before = await role(documentId, user.id)
    if (before === undefined) throw fail('FORBIDDEN', notYours)
    const answer = await next()
    if ((await role(documentId, user.id)) !== before) putOut(documentId, connection.id)
    return answer
  }
}
