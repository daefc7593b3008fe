import { parse, type Contract, type ParamsInput, type RoomName, type RoomsOf } from '@millrace/contract'
import { assembleClient, type Client, type ClientOptions, type Transport } from '@millrace/client'
import { defaultLimits, memory, type Store, type TypedRoomHandle, type UserLike } from '@millrace/server'
import { closeNode, Namespace, openNode, RoomHandle, type Node } from '@millrace/server/core'
import type { ManualClock } from '../manual-clock.ts'
import { seededRandom, type SeededRandom } from '../seeded-random.ts'
import { authenticateTestUser } from '../test-user.ts'
import { Cable } from './cable.ts'
import { wireTransport } from './client-end.ts'
import { Network, type ChooseNext } from './network.ts'
import type { PairOptions } from './pair-options.ts'
import { ServerEnd } from './server-end.ts'
import { Stage } from './stage.ts'
import { openTracked } from './tracked-store.ts'
import type { Wire, WireTap } from './wire.ts'

/** A client and the cable that it hangs on. */
export interface PairClient {
  readonly client: Client
  readonly cable: Cable
}

/**
 * Client cores and server cores joined by queues in memory. No packet moves and no time passes unless the test says so;
 * the seed makes every run the same. Made by `createPair`.
 */
export class Pair implements AsyncDisposable {
  readonly random: SeededRandom
  readonly network: Network
  /** What servers and clients reported to `onError`. */
  readonly errors: unknown[] = []
  readonly #options: PairOptions<UserLike>
  readonly #stage = new Stage()
  readonly #nodes: (Node | undefined)[] = []
  readonly #wires = new Map<Wire, number>()
  readonly #clients: PairClient[] = []
  readonly #taps = new Set<WireTap['delivered']>()
  readonly #namespaces: ReadonlyMap<string, Namespace>
  readonly #store
  #cableCount = 0

  constructor(options: PairOptions<UserLike>) {
    this.#options = options
    this.#store = options.store ?? memory()
    this.random = seededRandom(options.seed ?? 1)
    this.network = new Network(this.random, { delivered: (...args) => this.#taps.forEach((tap) => tap(...args)) })
    const mounted = options.implementations.map(
      (one) => new Namespace(one as ConstructorParameters<typeof Namespace>[0], []),
    )
    this.#namespaces = new Map(mounted.map((namespace) => [namespace.name, namespace]))
  }

  get clock(): ManualClock {
    return this.#stage.clock
  }

  async open(): Promise<this> {
    for (let index = 0; index < (this.#options.nodes ?? 1); index++) await this.startNode(index)
    return this
  }

  /** The store as a node of its own opens it, for a test that reads what is stored. */
  openStore(): Promise<Store> {
    const { clock, outstanding } = this.#stage
    const defer = (run: () => void) => void setImmediate(run) // a store that does real IO cannot wait for the test's tick
    const context = {
      clock: { ...clock, defer },
      random: this.random,
      onError: (error: unknown) => this.errors.push(error),
    }
    return openTracked(this.#store, context, outstanding)
  }

  /** For a client of the test's own, and the cable that it hangs on. */
  transport(): { readonly transport: Transport; readonly cable: Cable } {
    const cable: Cable = new Cable(this.#cableCount++, (node) => this.#connect(cable, node))
    return { transport: wireTransport(() => cable.dial()), cable }
  }

  /** A client that is not connected yet. Its user is `auth: { user: 'ada' }`. */
  client(options: ClientOptions = {}): PairClient {
    const { transport, cable } = this.transport()
    const onError = (error: Error) => {
      this.errors.push(error)
      options.onError?.(error)
    }
    const parts = { transport, clock: this.clock, random: this.random }
    const added = { client: assembleClient({ ...options, onError }, parts), cable }
    this.#clients.push(added)
    return added
  }

  node(index = 0): Node {
    const node = this.#nodes[index]
    if (node === undefined) throw new Error(`node ${index} does not run; call startNode(${index}) first`)
    return node
  }

  /** A room as the application of one node holds it. */
  room<C extends Contract, N extends RoomName<C>>(
    contract: C,
    name: N,
    params?: ParamsInput<RoomsOf<C>[N]>,
    index = 0,
  ): TypedRoomHandle<RoomsOf<C>[N]> {
    const kind = this.#namespaces.get(contract.namespace)?.rooms.get(name)
    if (kind === undefined)
      throw new Error(`${contract.namespace} has no room ${name} here; give its implementation to createPair`)
    const parsed = kind.entry.params
      ? parse(kind.entry.params, params, `parameters of ${name}`)
      : { ok: true as const, value: {} }
    if (parsed instanceof Promise || !parsed.ok)
      throw new Error(`the parameters of ${name} are wrong, or their schema is asynchronous`)
    return new RoomHandle(this.node(index), kind, parsed.value) as unknown as TypedRoomHandle<RoomsOf<C>[N]>
  }

  /** Calls `tap` with every packet as it arrives, before it is received. */
  onPacket(tap: WireTap['delivered']): void {
    this.#taps.add(tap)
  }

  /** Ends the tick: see `Stage.settle`. Moves no packet. */
  settle(): Promise<void> {
    return this.#stage.settle()
  }

  /** Lets promises go on, without the end of the tick. */
  runPromises(): Promise<void> {
    return this.#stage.runPromises()
  }

  /** Moves one packet, without the end of the tick; false where there is none. */
  deliver(choose?: ChooseNext): boolean {
    return this.network.deliver(choose)
  }

  /** Moves packets, each in a tick of its own, until none is left or `maxPackets` moved. */
  async flush(choose?: ChooseNext, maxPackets = Infinity): Promise<void> {
    await this.settle()
    for (let moved = 0; moved < maxPackets && this.deliver(choose); moved++) await this.settle()
  }

  /** Lets time pass while packets stay where they are. */
  advance(ms: number): Promise<void> {
    return this.#stage.advance(ms)
  }

  /** Lets time pass while packets move. */
  run(ms: number): Promise<void> {
    return this.#stage.advance(ms, () => this.flush())
  }

  async startNode(index: number): Promise<void> {
    const { limits, authenticate = authenticateTestUser, wrapStore = (store: Store) => store } = this.#options
    const { failClosedAfterMs = Infinity } = this.#options
    this.#nodes[index] = await openNode({
      clock: this.clock,
      random: this.random,
      store: { open: async () => wrapStore(await this.openStore()) },
      authenticate: authenticate as Parameters<typeof openNode>[0]['authenticate'],
      limits: { ...defaultLimits, ...limits },
      failClosedAfterMs,
      namespaces: this.#namespaces,
      onError: (error) => this.errors.push(error),
    })
  }

  /** The node is gone without a word: its connections break and its store is closed. */
  async stopNode(index: number): Promise<void> {
    const node = this.node(index)
    this.#nodes[index] = undefined
    for (const [wire, at] of this.#wires) if (at === index) wire.cut('both')
    await closeNode(node)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { client } of this.#clients) await client.close()
    for (const [wire] of this.#wires) wire.cut('both')
    await this.settle()
    for (const node of this.#nodes) if (node) await closeNode(node)
  }

  #connect(cable: Cable, index: number): Wire | undefined {
    const node = this.#nodes[index]
    if (node === undefined) return undefined
    for (const wire of this.#wires.keys()) if (!wire.isAlive) this.#wires.delete(wire)
    const wire = this.network.connect(cable.id)
    this.#wires.set(wire, index)
    new ServerEnd(node, wire)
    return wire
  }
}

/** @throws Error of one sentence where the store cannot be opened. */
export function createPair<User extends UserLike = UserLike>(options: PairOptions<User>): Promise<Pair> {
  return new Pair(options as unknown as PairOptions<UserLike>).open()
}
