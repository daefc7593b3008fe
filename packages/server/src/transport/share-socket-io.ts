import type { Server, ServerOptions } from 'socket.io'
import type { Store } from '../ports/store.ts'

/** Lets `server.io` reach the sockets of other nodes, where the store has them. */
export async function shareSocketIo(io: Server, { socketIoAdapter }: Pick<Store, 'socketIoAdapter'>): Promise<void> {
  if (socketIoAdapter === undefined) return
  io.adapter(socketIoAdapter.Adapter as unknown as ServerOptions['adapter'])
  await socketIoAdapter.ready()
}
