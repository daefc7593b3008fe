import { createClient, systemRandom, type Client } from '@millrace/client'
import { defineContract, event, request, room } from '@millrace/contract'
import { createServer, implement, type Server, type Store, type StoreProvider, type UserLike } from '@millrace/server'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { pulse } from '../pulse/contract.ts'
import { guestOf, withoutGuests } from '../pulse/guest.ts'
import { lendStore } from '../pulse/lend-store.ts'
import { createPulse, type PulseOptions } from '../pulse/server.ts'
import { Wires } from '../pulse/wires.ts'

/** Another application on the same server, which is none of a guest's business. */
export const secrets = defineContract({
  namespace: '/secrets',
  requests: { tell: request({ input: z.object({}), output: z.object({ secret: z.string() }) }) },
  rooms: { vault: room({ events: { shout: event(z.object({}), { delivery: 'volatile', publish: 'members' }) } }) },
})
/** Who connected to it. */
export const entered: string[] = []

export interface Running {
  readonly server: Server
  readonly url: string
  readonly errors: unknown[]
  readonly store: () => Store
  close(): Promise<void>
}

export async function startPulse(
  provider: StoreProvider,
  options: Partial<PulseOptions<UserLike>> = {},
): Promise<Running> {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const lent = lendStore(provider)
  const named = (auth: Readonly<Record<string, unknown>>) => ({ user: { id: String(auth.name) } })
  const server = createServer<UserLike>({
    store: lent.provider,
    authenticate: (handshake) => guestOf(handshake) ?? named(handshake.auth),
    onError,
  })
  const wires = new Wires(server.io, pulse.namespace)
  const { implementation, start, stop } = createPulse({
    server,
    store: lent.store,
    nodeId: systemRandom.id(),
    nodeName: undefined,
    people: () => [],
    cut: (userId) => wires.cut(userId),
    kill: undefined,
    freeze: undefined,
    processId: 1,
    onError,
    ...options,
  })
  server.mount(implementation)
  server.mount(
    withoutGuests(
      implement<typeof secrets, UserLike>(secrets, {
        onConnect: ({ user }) => void entered.push(user.id),
        requests: { tell: () => ({ secret: '42' }) },
        rooms: { vault: { authorize: () => true } },
      }),
    ),
  )
  const url = `http://localhost:${await server.listen(0)}`
  start()
  const close = async () => {
    stop()
    await server.close()
  }
  onTestFinished(close)
  return { server, url, errors, store: lent.store, close }
}

let keys = 0
export function visit(
  url: string,
  auth: Readonly<Record<string, unknown>> = { guest: `guest-key-${keys++}`.padEnd(22, '0') },
) {
  const client = createClient({ url, auth, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  return client
}

/** Every `n` that the client receives, as it comes. */
export async function listen(client: Client): Promise<number[]> {
  const heard: number[] = []
  const pulseRoom = client.use(pulse).room('pulse')
  pulseRoom.on('tick', ({ n }) => heard.push(n))
  await pulseRoom.join()
  return heard
}
