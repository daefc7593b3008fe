import type { Server } from '@millrace/server'

/** What is looked at of engine.io, ws and the TCP socket. */
interface Conn {
  readonly writeBuffer: readonly { readonly data?: string | Buffer }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; readonly _socket: Writes } }
}

interface Writes {
  _write: (...args: never[]) => void
  _writev?: (...args: never[]) => void
}

function conns(server: Server<never> | { readonly io: unknown }): Conn[] {
  const { clients } = (server as { io: { engine: { clients: Record<string, Conn> } } }).io.engine
  return Object.values(clients)
}

/** Bytes that wait in this process for the connection that holds most. */
export function largestHeld(server: { readonly io: unknown }): number {
  const held = conns(server).map(({ writeBuffer, transport }) =>
    writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), transport.socket?.bufferedAmount ?? 0),
  )
  return Math.max(0, ...held)
}

/** Counts the writes of every WebSocket's TCP socket from now on. */
export function countWrites(server: { readonly io: unknown }): () => number {
  let writes = 0
  for (const { transport } of conns(server)) {
    const tcp = transport.socket?._socket
    if (tcp === undefined) continue
    for (const name of ['_write', '_writev'] as const) {
      const write = tcp[name]?.bind(tcp)
      tcp[name] = (...args: never[]) => {
        writes++
        write?.(...args)
      }
    }
  }
  return () => writes
}
