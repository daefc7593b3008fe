import { fail } from '@millrace/contract'
import type { Middleware } from '@millrace/server'
import { Berths } from './berths.ts'
import type { ponds } from './contract.ts'
import { goneAfterTicks, maxPlayers, tickMs } from './game/world.ts'
import { networkOf } from './network-of.ts'

/** Half of what a pond holds. */
const mostBoats = maxPlayers / 2

/** A boat that was not heard of for so long is gone. */
const keptMs = goneAfterTicks * tickMs

/** Holds the users of one address to half of a pond: whoever makes up names does not fill it. */
export function limitBoats(monotonicMs: () => number): Middleware {
  const berths = new Berths(mostBoats, keptMs)
  return ({ name, user, params, connection }, next) => {
    if (name !== 'launch' && name !== 'input' && name !== 'quit') return next()
    const { arena } = params as { readonly arena: (typeof ponds)[number] }
    const place = `${arena} ${networkOf(connection.address)}`
    if (name === 'quit') berths.leave(place, user.id)
    else if (!berths.take(place, user.id, monotonicMs()))
      throw fail('RATE_LIMITED', `${mostBoats} boats of your address are in this pond; wait, or try another pond`, {
        retryAfterMs: keptMs,
      })
    return next()
  }
}
