import { createClient } from '@millrace/client'
import { createServer, memory, type Server, type Store, type StoreProvider } from '@millrace/server'
import { onTestFinished } from 'vitest'
import { charts } from '../contract.ts'
import type { SaidLine } from '../log/node-log.ts'
import { createCharts, NodeLog, overhear, type ChartsOptions } from '../server.ts'

interface Visitor {
  readonly id: string
}

export interface ChartsNode {
  readonly url: string
  readonly server: Server<Visitor>
  readonly log: NodeLog
  readonly said: SaidLine[]
  readonly errors: unknown[]
  readonly store: () => Store
  close(): Promise<void>
}

/** A node with the charts alone. */
export async function startCharts(
  nodeName: string,
  provider: StoreProvider = memory(),
  options: Partial<ChartsOptions<Visitor>> = {},
): Promise<ChartsNode> {
  const said: SaidLine[] = []
  const errors: unknown[] = []
  const log = new NodeLog({ isPublic: false, write: (line) => void said.push(line) })
  const onError = (error: unknown): void => {
    errors.push(error)
    log.fault(error)
  }
  let lent: Store | undefined
  const store = (): Store => {
    if (lent === undefined) throw new Error('the store is not open yet')
    return lent
  }
  const server = createServer<Visitor>({
    store: { open: async (context) => (lent = await provider.open(context)) },
    authenticate: ({ auth }) => ({ user: { id: String(auth.user) } }),
    onError,
  })
  // Filling in a day takes a while.
  const parts = { server, store, nodeName, log, maySetRate: () => true, backMs: 1_200_000, onError }
  const made = createCharts({ ...parts, ...options })
  server.mount(overhear(made.implementation, log))
  const url = `http://127.0.0.1:${await server.listen(0, { host: '127.0.0.1' })}`
  made.start()
  const close = async (): Promise<void> => {
    await made.stop()
    await server.close()
  }
  onTestFinished(close)
  return { url, server, log, said, errors, store, close }
}

export function watch(url: string, user = 'ada') {
  const client = createClient({ url, auth: { user }, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  return { client, space: client.use(charts) }
}

/** The points of one track of a series as its store keeps them, oldest first. */
export async function pointsOf(
  { server, store }: ChartsNode,
  [room, series]: readonly ['machines', 'use'] | readonly ['market', 'price'],
  field: string,
  key: string,
): Promise<readonly (readonly [at: number, value: number])[]> {
  // As the server names series and tracks.
  const name = `${series} ${server.room(charts, room, {}).key}`
  const query = { tracks: [`${field} ${key}`], from: 0, to: Date.now() + 60_000, bucketMs: 1 }
  const { tracks } = await store().series.read(name, query, {
    stepMs: 1_000,
    retentionMs: 86_400_000,
    maxTracks: 10_000,
  })
  const numbers = [...(tracks[0] ?? [])]
  return numbers.flatMap((at, index) => (index % 2 === 0 ? [[at, numbers[index + 1] ?? NaN] as const] : []))
}
