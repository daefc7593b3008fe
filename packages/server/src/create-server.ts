import { memory } from './memory/memory-store.ts'
import { defaultLimits } from './limits.ts'
import type { UserLike } from './connection/connection.ts'
import { Server } from './server.ts'
import type { ServerOptions } from './server-options.ts'
import { systemClock } from './system-clock.ts'
import { systemRandom } from './system-random.ts'
import { warn } from './system-warn.ts'
import { createSocketIo } from './transport/socket-io-server.ts'

/**
 * Creates one node. Mount contracts, then `listen` or `attach`.
 *
 * @throws Error where options contradict each other.
 */
export function createServer<User extends UserLike = UserLike>(options: ServerOptions<User> = {}): Server<User> {
  const failClosedAfterMs = options.revocation?.failClosedAfterMs ?? Infinity
  if (!(failClosedAfterMs >= 1_000))
    throw new Error('revocation.failClosedAfterMs must be at least 1,000 ms; leave it out to keep connections')
  const limits = { ...defaultLimits, ...options.limits }
  const transport = {
    origins: options.origins ?? 'same-origin',
    trustProxy: options.trustProxy ?? false,
    path: options.path ?? '/socket.io/',
    pingIntervalMs: options.heartbeat?.intervalMs ?? 15_000,
    pingTimeoutMs: options.heartbeat?.timeoutMs ?? 8_000,
    finishedFrames: options.finishedFrames ?? true,
  }
  return new Server<User>({
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    store: options.store ?? memory(),
    authenticate: options.authenticate ?? authenticateGuest,
    limits,
    failClosedAfterMs,
    transport,
    io: createSocketIo(transport, limits),
    onError: options.onError ?? warn,
  })
}

function authenticateGuest({ auth }: { readonly auth: Readonly<Record<string, unknown>> }): { user: UserLike } {
  return { user: { id: `guest-${typeof auth.client === 'string' ? auth.client : systemRandom.id()}` } }
}
