import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { calmConditions, directions, type Direction, type TcpConditions, type TcpCounts } from './tcp-conditions.ts'
import { TcpFlow } from './tcp-flow.ts'

/** A network between a client and one port of this machine. What it is told holds until `restore`. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  readonly counts: TcpCounts
  /** Connections that are open now. */
  readonly openConnections: number
  /** Where new connections lead. Those that are open stay where they are. */
  lead(targetPort: number): void
  /** Every byte arrives so much later, ms. */
  delay(ms: number): void
  /** What is written arrives in pieces of so many bytes. */
  slice(bytes: number): void
  throttle(bytesPerSecond: number): void
  /** Half-open: bytes vanish, the ends of connections too, new connections are accepted and hear nothing. */
  drop(direction?: Direction): void
  /**
   * The same for one connection that is open, named by the port that its client has; all others go on. What is returned ends
   * it without a reset: what vanished is lost, and what comes later arrives.
   *
   * @throws Error Where no client with that port is connected.
   */
  dropOne(clientPort: number, direction?: Direction): () => void
  /** A partition that heals: bytes wait, and arrive with `restore`. */
  hold(direction?: Direction): void
  /** Breaks every connection with RST. */
  reset(): void
  /** New connections are reset; those that are open stay. */
  refuse(): void
  /** A network as it should be. Connections that lost bytes are reset, as by a peer that has forgotten them. */
  restore(): void
}

interface Link {
  readonly near: Socket
  readonly far: Socket
  readonly flows: Readonly<Record<Direction, TcpFlow>>
}

export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const links = new Set<Link>()
  const conditions = calmConditions()
  const counts: TcpCounts = {
    connections: 0,
    passedBytes: { toTarget: 0, toClient: 0 },
    droppedBytes: { toTarget: 0, toClient: 0 },
  }
  let target = targetPort
  let isRefusing = false
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    counts.connections++
    near.on('error', () => near.destroy())
    if (isRefusing) return breakSocket(near)
    const link = joinSockets(near, target, conditions, counts)
    links.add(link)
    near.on('close', () => link.far.destroyed && links.delete(link))
    link.far.on('close', () => near.destroyed && links.delete(link))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const resetLinks = (chosen: Iterable<Link>): void => {
    for (const { near, far } of chosen) for (const socket of [near, far]) breakSocket(socket)
  }
  const dropOne = (clientPort: number, direction?: Direction): (() => void) => {
    const link = [...links].find(({ near }) => near.remotePort === clientPort)
    if (!link) throw new Error(`no client with port ${clientPort} is connected; it may have opened another connection`)
    const flows = directions.flatMap((each) =>
      direction === undefined || direction === each ? [link.flows[each]] : [],
    )
    for (const flow of flows) flow.isCut = true
    return () => {
      for (const flow of flows) flow.isCut = false
    }
  }
  const set = (chosen: Set<Direction>, direction: Direction | undefined): void => {
    for (const each of direction ? [direction] : directions) chosen.add(each)
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    counts,
    get openConnections() {
      return links.size
    },
    lead: (port) => void (target = port),
    delay: (ms) => void (conditions.delayMs = ms),
    slice: (bytes) => void (conditions.sliceBytes = bytes),
    throttle: (bytesPerSecond) => void (conditions.bytesPerSecond = bytesPerSecond),
    drop: (direction) => set(conditions.dropped, direction),
    dropOne,
    hold: (direction) => set(conditions.held, direction),
    reset: () => resetLinks(links),
    refuse: () => void (isRefusing = true),
    restore() {
      isRefusing = false
      conditions.dropped.clear()
      conditions.held.clear()
      Object.assign(conditions, calmConditions(), { dropped: conditions.dropped, held: conditions.held })
      resetLinks([...links].filter(({ flows }) => Object.values(flows).some(({ isTorn }) => isTorn)))
      for (const { flows } of links) {
        for (const flow of Object.values(flows)) {
          flow.isCut = false
          flow.pump()
        }
      }
    },
    async [Symbol.asyncDispose]() {
      resetLinks(links)
      server.close()
      await once(server, 'close')
    },
  }
}

function joinSockets(near: Socket, port: number, conditions: TcpConditions, counts: TcpCounts): Link {
  const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  const flows = {
    toTarget: new TcpFlow(near, far, 'toTarget', conditions, counts),
    toClient: new TcpFlow(far, near, 'toClient', conditions, counts),
  }
  // A break is passed on as a break, unless the network swallows it.
  far.on('error', () => {
    if (!flows.toClient.isDropping) breakSocket(near)
  })
  near.on('error', () => {
    if (!flows.toTarget.isDropping) breakSocket(far)
  })
  return { near, far, flows }
}

/** With RST; a socket that was ended already cannot be reset any more, and Node would leak it. */
function breakSocket(socket: Socket): void {
  if (socket.writableEnded) socket.destroy()
  else socket.resetAndDestroy()
}
