import type { Clock, Random } from '@millrace/contract'
import type { Authenticate } from './connection/authenticate.ts'
import type { Connection } from './connection/connection.ts'
import { Connections } from './connection/connections.ts'
import { endRevoked } from './connection/peer-life.ts'
import { Users } from './connection/users.ts'
import { createCounters } from './counters.ts'
import { Flusher } from './flusher.ts'
import { Handling } from './handling.ts'
import type { Limits } from './limits.ts'
import type { Namespace } from './namespace.ts'
import type { Node } from './node.ts'
import type { CloseHow, StoreProvider } from './ports/store.ts'
import { createReport } from './report.ts'
import { RevocationWatch } from './revocation/revocation-watch.ts'
import { Rooms } from './room/rooms.ts'
import { Turns } from './turns.ts'
import { SeriesAppends } from './series/series-appends.ts'

export interface NodeParts {
  readonly clock: Clock
  readonly random: Random
  readonly store: StoreProvider
  readonly authenticate: Authenticate
  readonly limits: Limits
  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly onError: (error: unknown) => void
  /** Default Infinity. */
  readonly failClosedAfterMs?: number
}

/**
 * Opens the store and joins the parts of one node. It has no transport: tests connect peers to it directly.
 *
 * @throws Error of one sentence where the store cannot be opened.
 */
export async function openNode(parts: NodeParts): Promise<Node> {
  const { clock, random, limits, onError, failClosedAfterMs = Infinity } = parts
  const report = createReport(onError)
  const store = await parts.store.open({ clock, random, onError: report })
  const rooms = new Rooms()
  const counters = createCounters()
  const connections = new Connections(limits)
  const end = (connection: Connection): void => endRevoked(node, connection)
  const node: Node = {
    id: random.id(),
    clock,
    random,
    store,
    limits,
    flusher: new Flusher(clock, report),
    turns: new Turns(clock),
    counters,
    appends: new SeriesAppends(clock, store.series, (samples) => (counters.updatesIn += samples)),
    rooms,
    users: new Users(),
    connections,
    revocation: new RevocationWatch({ clock, store, report, failClosedAfterMs, connections, end }),
    namespaces: parts.namespaces,
    authenticate: parts.authenticate,
    running: new Map(),
    handling: new Handling(),
    report,
  }
  rooms.bind(node)
  try {
    await node.users.open(node)
    await node.revocation.open()
  } catch (error) {
    await closeNode(node)
    throw error
  }
  return node
}

export async function closeNode(node: Node, how?: CloseHow): Promise<void> {
  node.turns.close()
  await node.rooms.close()
  await node.users.close()
  await node.revocation.close()
  await node.store.close(how)
}
