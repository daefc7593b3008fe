import { fail } from '@millrace/contract'
import { Pace, type Middleware } from '@millrace/server'

/** Holds every user to a pace: inputs to that of ticks with room for what was late, all else to what a person does. */
export function limitPace(monotonicMs: () => number): Middleware {
  const inputs = new Pace({ burst: 60, intervalMs: 25 })
  const others = new Pace({ burst: 20, intervalMs: 250 })
  return ({ name, user }, next) => {
    const pace = name === 'input' ? inputs : others
    const retryAfterMs = pace.take(user.id, monotonicMs())
    if (retryAfterMs > 0) throw fail('RATE_LIMITED', 'too much at once; send fewer a second', { retryAfterMs })
    return next()
  }
}
