import { createHash } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createClient, type Client, type RoomClient } from '@millrace/client'
import {
  createServer,
  memory,
  type ServerOptions,
  type Store,
  type StoreProvider,
  type UserLike,
} from '@millrace/server'
import { onTestFinished } from 'vitest'
import { arena } from '../contract.ts'
import { createArena } from '../server.ts'

type ArenaRoom = RoomClient<(typeof arena)['rooms']['arena']>

export interface ArenaNode {
  readonly url: string
  readonly errors: readonly unknown[]
  close(): Promise<void>
}

export interface ArenaNodeOptions {
  readonly provider?: StoreProvider
  readonly name?: string
  /** Serves the page. */
  readonly handler?: RequestListener
  readonly monotonicMs?: () => number
  /** Default: any that is free. */
  readonly port?: number
}

const authenticate: NonNullable<ServerOptions<UserLike>['authenticate']> = ({ auth }) => ({
  user: { id: `guest.${createHash('sha256').update(String(auth.guest)).digest('hex').slice(0, 22)}` },
})

/** The arena on a real server, until the test is finished. */
export async function startArena({
  provider = memory(),
  name = 'a',
  handler,
  port = 0,
  monotonicMs = () => performance.now(),
}: ArenaNodeOptions = {}): Promise<ArenaNode> {
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  let opened: Store | undefined
  const lent: StoreProvider = { open: async (context) => (opened = await provider.open(context)) }
  const server = createServer<UserLike>({ store: lent, authenticate, onError })
  const { implementation, start, stop } = createArena({
    server,
    store: () => {
      if (!opened) throw new Error('the store is opened by listen()')
      return opened
    },
    nodeName: name,
    monotonicMs,
    seed: 7,
    onError,
  })
  server.mount(implementation)
  const bound = await server.listen(port, { host: '127.0.0.1', ...(handler ? { handler } : {}) })
  start()
  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await stop()
    await server.close()
  }
  const node = { url: `http://127.0.0.1:${bound}`, errors, close: () => (closed ??= close()) }
  onTestFinished(node.close)
  return node
}

export interface Sailor {
  readonly client: Client
  readonly room: ArenaRoom
  /** Of the own boat. */
  readonly id: string
}

/** A player over a connection of their own, in the pond `mill`, without a boat. */
export async function board(url: string, guest: string): Promise<Sailor> {
  const client = createClient({ url, auth: { guest }, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  const space = client.use(arena)
  const room = space.room('arena', { arena: 'mill' })
  await room.join()
  const { id } = await space.request('ping', {})
  return { client, room, id }
}
