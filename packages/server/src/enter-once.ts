import type { Maybe } from './maybe.ts'
import type { Middleware } from './pipeline/middleware.ts'

/**
 * Middleware that runs `enter` once for each user object that `authenticate` gave, before that connection's first request,
 * publish or join: for example to put newcomers where everybody starts. Those that come meanwhile wait for it; where it
 * rejects they are refused so, and the next one runs it again.
 */
export function enterOnce<User extends object>(enter: (user: User) => Maybe<unknown>): Middleware {
  const entered = new WeakMap<object, Promise<unknown>>()
  return async (context, next) => {
    const user = context.user as User
    const entering = entered.get(user) ?? (async () => enter(user))()
    entered.set(user, entering)
    try {
      await entering
    } catch (error) {
      if (entered.get(user) === entering) entered.delete(user)
      throw error
    }
    return next()
  }
}
