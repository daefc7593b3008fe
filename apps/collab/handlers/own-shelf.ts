import { fail } from '@millrace/contract'
import type { Middleware } from '@millrace/server'

/** Others' lists are refused before their rooms open. */
export const ownShelf: Middleware = ({ name, input, user }, next) => {
  if (name !== '~join') return next()
  const { userId } = ((input as { params?: unknown }).params ?? {}) as { userId?: unknown }
  // What is no id is refused by the join.
  if (typeof userId === 'string' && userId !== user.id) throw fail('FORBIDDEN', 'this list is another user’s')
  return next()
}
