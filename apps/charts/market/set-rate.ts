import { fail } from '@millrace/contract'
import { Pace, type UserLike } from '@millrace/server'
import type { NodeLog } from '../log/node-log.ts'

export interface SetRateParts<User extends UserLike> {
  readonly maySetRate: (user: User) => boolean
  /** Tells every node, and whoever simulates later. */
  readonly wish: (perSecond: number) => Promise<unknown>
  readonly log: NodeLog
}

interface Context<User extends UserLike> {
  readonly user: User
  readonly input: { readonly perSecond: number }
  readonly fail: (code: 'TOO_OFTEN', data: { waitMs: number }, message: string) => never
}

/** @returns The handler of `rate.set`: each user at a pace, and all of them together at another, since guests are cheap. */
export function createSetRate<User extends UserLike>({ maySetRate, wish, log }: SetRateParts<User>) {
  const own = new Pace({ burst: 10, intervalMs: 250 })
  const all = new Pace({ burst: 50, intervalMs: 50 })
  return async ({ user, input, fail: refuse }: Context<User>): Promise<{ perSecond: number }> => {
    if (!maySetRate(user)) throw fail('FORBIDDEN', 'guests may not set the rate here; enter with a name')
    const nowMs = performance.now()
    const waitMs = own.take(user.id, nowMs) || all.take('', nowMs)
    if (waitMs > 0) return refuse('TOO_OFTEN', { waitMs }, 'the rate was set too often; wait a moment')
    await wish(input.perSecond)
    log.say('info', `the rate of the simulation was set to ${input.perSecond} updates a second`)
    return { perSecond: input.perSecond }
  }
}
