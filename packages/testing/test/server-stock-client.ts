import type { WireAnswer, WireJoined } from '@millrace/contract'
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client'
import { Inbox } from './server-inbox.ts'

interface StockEvent {
  readonly name: string
  readonly args: readonly unknown[]
}

export interface StockClient extends AsyncDisposable {
  readonly socket: Socket
  readonly inbox: Inbox<StockEvent>
  call(name: string, argument?: unknown): Promise<WireAnswer>
  join(room: string, params?: unknown, more?: object): Promise<WireJoined>
  /** The first argument of the first event of this name. */
  event(name: string): Promise<unknown>
  /** Resolves once everything that was sent before has been handled on both sides. */
  barrier(): Promise<void>
  /** Resolves with Socket.IO's reason. */
  readonly disconnected: Promise<string>
}

export type StockOptions = Partial<ManagerOptions & SocketOptions> & { readonly connect?: typeof io }

/** A stock socket.io-client. `connect` takes another version of the library. */
export function stockClient(url: string, options: StockOptions = {}): StockClient {
  const { connect = io, ...rest } = options
  const socket = connect(url, { forceNew: true, reconnection: false, transports: ['websocket'], ...rest })
  const inbox = new Inbox<StockEvent>()
  socket.onAny((name: string, ...args: unknown[]) => inbox.push({ name, args }))
  const call = (name: string, argument?: unknown): Promise<WireAnswer> =>
    new Promise((resolve) => {
      if (argument === undefined) socket.emit(name, resolve)
      else socket.emit(name, argument, resolve)
    })
  return {
    socket,
    inbox,
    call,
    async join(room, params, more) {
      const answer = await call('~join', { room, params, ...more })
      if (!answer.ok) throw new Error(`the join was refused: ${answer.error.code} ${answer.error.message}`)
      return answer.data as WireJoined
    },
    async event(name) {
      return (await inbox.find((event) => event.name === name)).args[0]
    },
    async barrier() {
      await call('~ping')
    },
    disconnected: new Promise((resolve) => socket.on('disconnect', resolve)),
    async [Symbol.asyncDispose]() {
      socket.disconnect()
    },
  }
}

/** @throws Error with the `data` of `connect_error` where the server refuses. */
export async function connectStock(url: string, options: StockOptions = {}): Promise<StockClient> {
  const client = stockClient(url, options)
  await new Promise<void>((resolve, reject) => {
    client.socket.once('connect', resolve)
    client.socket.once('connect_error', (error: Error) => {
      client.socket.disconnect()
      reject(error)
    })
  })
  return client
}

/** The error that a server refused a connection with. */
export async function refusedStock(
  url: string,
  options: StockOptions = {},
): Promise<Error & { data?: { code?: string } }> {
  try {
    await using client = await connectStock(url, options)
    throw new Error(`the server accepted ${client.socket.id}`)
  } catch (error) {
    return error as Error
  }
}
