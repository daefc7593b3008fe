import type { Maybe } from '../maybe.ts'
import type { RequestContext } from './request-context.ts'

/**
 * Runs around every request, member's publish and join. It answers by returning what `next()` gave, refuses by throwing
 * (`fail(...)`), and may look at the raw input before it is parsed.
 */
export type Middleware = (context: RequestContext, next: () => Promise<unknown>) => unknown

/** Runs `chain` around `last`, in order. */
export function runMiddleware(
  chain: readonly Middleware[],
  context: RequestContext,
  last: () => Maybe<unknown>,
): Maybe<unknown> {
  if (chain.length === 0) return last()
  const run = async (index: number): Promise<unknown> => {
    const middleware = chain[index]
    if (middleware === undefined) return last()
    let isCalled = false
    return middleware(context, () => {
      if (isCalled)
        return Promise.reject(new Error('a middleware called next() twice; call it once and return its result'))
      isCalled = true
      return run(index + 1)
    })
  }
  return run(0)
}
