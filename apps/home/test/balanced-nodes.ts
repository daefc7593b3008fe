import type { RequestListener } from 'node:http'
import { createClient, type Client, type CreateClientOptions } from '@millrace/client'
import { defineContract, event, room } from '@millrace/contract'
import {
  createServer,
  implement,
  memory,
  type Handshake,
  type Server,
  type StoreProvider,
  type UserLike,
} from '@millrace/server'
import { z } from 'zod'

export const numbers = defineContract({
  namespace: '/numbers',
  rooms: { all: room({ events: { number: event(z.int()) } }) },
})

/** A node in this process, which believes what the load balancer before it says. */
export interface BalancedNode {
  readonly name: string
  readonly port: number
  readonly server: Server
  /** What its `/readyz` says. */
  isReady: boolean
  /** Those of clients that connected to it. */
  readonly handshakes: Handshake[]
  connections(): number
}

/** Two nodes that share a store. `/` answers a node's name, `/flood` as much as its connection takes. */
export async function startNodes(flood: RequestListener): Promise<readonly [BalancedNode, BalancedNode]> {
  const store = memory()
  return [await startNode('node1', store, flood), await startNode('node2', store, flood)]
}

async function startNode(name: string, store: StoreProvider, flood: RequestListener): Promise<BalancedNode> {
  const health = { isReady: true }
  const handshakes: Handshake[] = []
  const server = createServer({
    store: withHealth(store, health),
    trustProxy: true,
    authenticate: (handshake) => {
      handshakes.push(handshake)
      return { user: { id: String(handshake.auth.user) } }
    },
  })
  server.mount(implement<typeof numbers, UserLike>(numbers, { rooms: { all: { authorize: () => true } } }))
  const handler: RequestListener = (request, response) => {
    if (request.url === '/flood') flood(request, response)
    else response.end(name)
  }
  const port = await server.listen(0, { host: '127.0.0.1', handler })
  return {
    name,
    port,
    server,
    handshakes,
    connections: () => server.connections(numbers).length,
    get isReady() {
      return health.isReady
    },
    set isReady(isReady) {
      health.isReady = isReady
    },
  }
}

function withHealth(provider: StoreProvider, health: { readonly isReady: boolean }): StoreProvider {
  return {
    async open(context) {
      const store = await provider.open(context)
      return { ...store, isReady: () => health.isReady && store.isReady() }
    },
  }
}

/** A member of the room, and what it heard. */
export interface Listener {
  readonly client: Client
  readonly heard: number[]
  /** Gaps that it was told of, and connections that it lost. */
  readonly troubles: string[]
}

/** @param url Of the load balancer. */
export async function joinNumbers(url: string, options: Omit<CreateClientOptions, 'url'> = {}): Promise<Listener> {
  const reconnect = { minDelayMs: 50, maxDelayMs: 500 }
  const client = createClient({ auth: { user: 'ada' }, reconnect, ...options, url })
  const heard: number[] = []
  const troubles: string[] = []
  const all = client.use(numbers).room('all')
  all.on('number', (number) => void heard.push(number))
  all.on('gap', ({ reason }) => void troubles.push(`gap ${reason}`))
  client.onState((state) => state.state === 'waiting' && troubles.push(state.reason.code))
  await all.join()
  return { client, heard, troubles }
}
