import type { Server as HttpServer } from 'node:http'
import { closeReason } from '@millrace/contract'
import type { Contract, ParamsInput, RoomName, RoomsOf } from '@millrace/contract'
import type { Server as SocketIoServer } from 'socket.io'
import { ConnectionHandle } from './connection/connection-handle.ts'
import type { UserLike } from './connection/connection.ts'
import type { TypedConnectionHandle, TypedRoomHandle } from './typed-handles.ts'
import type { Implementation } from './implement.ts'
import type { Counters } from './counters.ts'
import { drain, type DrainOptions } from './drain.ts'
import { Mounted } from './mounted.ts'
import type { Node } from './node.ts'
import { closeNode, openNode, type NodeParts } from './open-node.ts'
import type { Middleware } from './pipeline/middleware.ts'
import { findRoom } from './room/find-room.ts'
import { RoomHandle } from './room/room-handle.ts'
import { NamedSingletons } from './singleton/named-singletons.ts'
import type { SingletonHandle, SingletonRun } from './singleton/singleton.ts'
import { endListening, httpServer, keepNoneAlive, listenOn, type ListenOptions } from './transport/listen.ts'
import { shareSocketIo } from './transport/share-socket-io.ts'
import { attachSocketIo, serveNamespace, type TransportOptions } from './transport/socket-io-server.ts'
import type { UserHandle } from './user-handle.ts'
import { within } from './within.ts'

/** How long a closing node waits for its clients; `npm start` promises an exit within 5 s. */
const maxCloseMs = 2_000

export interface ServerParts extends Omit<NodeParts, 'namespaces'> {
  readonly transport: TransportOptions
  readonly io: SocketIoServer
}

export interface ServerCounters extends Readonly<Counters> {
  readonly connections: number
  readonly rooms: number
}

/** One node. Made by `createServer`. */
export class Server<User extends UserLike = UserLike> {
  /** The Socket.IO server itself, for what is not part of a contract. */
  readonly io: SocketIoServer
  readonly #parts: ServerParts
  readonly #mounted = new Mounted()
  readonly #singletons = new NamedSingletons()
  #node: Node | undefined
  #http: HttpServer | undefined
  #closed: Promise<void> | undefined
  #drained: Promise<void> | undefined
  readonly #ending = new AbortController()

  constructor(parts: ServerParts) {
    this.#parts = parts
    this.io = parts.io
  }

  /** Adds middleware around every request of the contracts that are mounted after it. */
  use(middleware: Middleware): this {
    this.#mounted.use(middleware)
    return this
  }

  /** @throws Error where the namespace is mounted already, or a handler is missing. Call it before `listen`. */
  mount(implementation: Implementation<User>): this {
    if (this.#node) throw new Error('mount() must be called before listen() or attach()')
    this.#mounted.mount(implementation as Implementation)
    return this
  }

  /**
   * Opens the store and serves on a port of its own, with `/healthz` and `/readyz`.
   *
   * @returns The port; 0 lets the system choose one.
   * @throws Error of one sentence: the port is taken, or the store cannot be opened.
   */
  async listen(port: number, options: ListenOptions = {}): Promise<number> {
    const http = httpServer(() => this.isReady(), options.handler)
    await this.attach(http)
    try {
      const bound = await listenOn(http, port, options.host)
      this.#http = http
      return bound
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Opens the store and serves on an HTTP server of the application: Express, Fastify, Next, NestJS. */
  async attach(http: HttpServer): Promise<void> {
    if (this.#node) throw new Error('the server is open already; create another one')
    const { namespaces } = this.#mounted
    const node = await openNode({ ...this.#parts, namespaces })
    for (const namespace of namespaces.values()) serveNamespace(this.io, node, namespace, this.#parts.transport)
    await shareSocketIo(this.io, node.store)
    this.#node = node
    this.#singletons.open({ ...node, singletons: node.store.singletons })
    attachSocketIo(this.io, http, this.#parts.transport, () => node.connections.isRefusing)
  }

  /** Whether events are delivered: open, neither draining nor closing, and the store works. */
  isReady(): boolean {
    const isStaying = this.#closed === undefined && this.#drained === undefined
    return this.#node !== undefined && isStaying && this.#node.store.isReady() && this.#node.revocation.isTrusted
  }

  /** One room, from anywhere in the process. Its parameters are parsed; their schema must be synchronous here. */
  room<C extends Contract, N extends RoomName<C>>(
    contract: C,
    name: N,
    params: ParamsInput<RoomsOf<C>[N]>,
  ): TypedRoomHandle<RoomsOf<C>[N]> {
    const found = findRoom(contract, this.#mounted.namespaceOf(contract).rooms, name, params)
    return new RoomHandle(this.#open(), found.kind, found.params) as unknown as TypedRoomHandle<RoomsOf<C>[N]>
  }

  /** All connections of one user, on every node. */
  user<C extends Contract>(contract: C, userId: string): UserHandle<C> {
    const namespace = this.#mounted.namespaceOf(contract)
    const { users } = this.#open()
    return { emit: (name, payload) => users.emit(namespace, userId, name, payload) }
  }

  /**
   * Ends every session of a user: closes all their connections, on every node, with `REVOKED`. Make the credentials bad before:
   * `authenticate` decides who comes back.
   *
   * @returns Resolves when it is stored; the connections are closed within 1 s, within 30 s where messages between nodes are lost.
   * @throws MillraceError `INVALID_INPUT`, `UNAVAILABLE` or `OUTCOME_UNKNOWN`; revoke again.
   */
  async revoke(userId: string): Promise<void> {
    await this.#open().revocation.revoke(userId)
  }

  /**
   * Runs something on one node of the cluster at a time: of all servers that call this with the same name, one runs it. Where that
   * one goes away another begins, at once or, after a crash, within 15 s. May be called before `listen`.
   *
   * @param run Runs until there is nothing more to do, or `signal` is aborted. What it throws goes to `onError`, and it is run again.
   * @throws Error where this server runs something under the name already.
   */
  singleton(name: string, run: SingletonRun): SingletonHandle {
    return this.#singletons.add(name, run)
  }

  /** The connections of this node in one namespace. */
  connections<C extends Contract>(contract: C): readonly TypedConnectionHandle<C, User>[] {
    const node = this.#open()
    const peers = node.connections.inNamespace(this.#mounted.namespaceOf(contract).name)
    return peers.map((peer) => new ConnectionHandle(peer, node) as unknown as TypedConnectionHandle<C, User>)
  }

  /** What this node has done since it was opened, and how many connections and open rooms it has now. */
  counters(): ServerCounters {
    const { counters, connections, rooms } = this.#open()
    return { ...counters, connections: connections.size, rooms: rooms.all().length }
  }

  /**
   * For a planned restart: is not ready from now on, and once the load balancer knows, moves the clients to other nodes, at
   * a pace, with nothing lost. Resolves when the node is closed. Idempotent; `close()` ends it at once.
   */
  drain(options: DrainOptions = {}): Promise<void> {
    this.#drained ??= this.#drain(options)
    return this.#drained
  }

  async #drain(options: DrainOptions): Promise<void> {
    const [node, http] = [this.#node, this.#http]
    const transport = {
      keepNoneAlive: () => http && keepNoneAlive(http),
      end: async () => {
        this.io.engine.close()
        if (http) await endListening(http)
      },
    }
    const stopped = this.#singletons.close()
    if (node !== undefined) await drain(node, options, transport, this.#ending.signal)
    await stopped
    await this.close()
  }

  /** Tells every client that the node goes away, delivers what was sent, and ends. Idempotent. */
  close(): Promise<void> {
    this.#ending.abort()
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const stopped = this.#singletons.close()
    const node = this.#node
    if (node === undefined) return
    const ended = node.connections.whenEmpty()
    node.flusher.flushAll()
    node.connections.closeAll(closeReason('SHUTDOWN'))
    // Long-polling clients fetch what was sent with requests of their own.
    await within(node.clock, ended, maxCloseMs)
    this.#http?.close()
    this.io.engine.close()
    this.#http?.closeAllConnections()
    await stopped
    await closeNode(node, { isDrained: this.#drained !== undefined })
  }

  #open(): Node {
    if (this.#node === undefined) throw new Error('the server is not open; await listen() or attach() first')
    return this.#node
  }
}
