import { createHash } from 'node:crypto'
import { fail } from '@millrace/contract'
import type { Authenticated, Handshake, Implementation, UserLike } from '@millrace/server'
import { z } from 'zod'

const Key = z.string().regex(/^[\w-]{22,64}$/)

/** No user of a session has an id with a dot. */
const prefix = 'guest.'

/** The guest that a visitor without a name is, by the random key that the page brings as `auth.guest`. */
export function guestOf({ auth }: Pick<Handshake, 'auth'>): Authenticated<{ id: string; name: string }> | undefined {
  const key = Key.safeParse(auth.guest)
  if (!key.success) return undefined
  const digest = createHash('sha256').update(`millrace guest ${key.data}`).digest('base64url').slice(0, 22)
  return { user: { id: prefix + digest, name: 'Guest' } }
}

export function isGuest({ id }: UserLike): boolean {
  return id.startsWith(prefix)
}

/** The same application for those who have a name: guests get no answer but `FORBIDDEN`, and it does not hear of them. */
export function withoutGuests<User extends UserLike>(app: Implementation<User>): Implementation<User> {
  const { use = [], onConnect, onDisconnect } = app.handlers
  return {
    ...app,
    handlers: {
      ...app.handlers,
      use: [
        ({ user }, next) => {
          if (isGuest(user)) throw fail('FORBIDDEN', 'guests may not do that; enter with a name')
          return next()
        },
        ...use,
      ],
      onConnect: (context) => (isGuest(context.user) ? undefined : onConnect?.(context)),
      onDisconnect: (context) => (isGuest(context.user) ? undefined : onDisconnect?.(context)),
    },
  }
}
