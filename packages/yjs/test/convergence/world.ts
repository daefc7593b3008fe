import type { Store, StoreProvider } from '@millrace/server'
import { createPair, LogTrouble, seededRandom, type Pair, type SeededRandom } from '@millrace/testing'
import type { Permission } from '@millrace/yjs/server'
import { notes } from '../server/fixtures/notes.ts'
import { Ledger } from './ledger.ts'
import { describeError, isMeant } from './meant-errors.ts'
import { Life, type Death } from './mortal-store.ts'
import { notesInWorld } from './notes-in-world.ts'
import { Replica } from './replica.ts'
import type { SeededBug } from './seeded-bugs.ts'
import { untilThreadsRest } from './threads-at-work.ts'
import { inWholeMs } from './whole-ms.ts'

export const nodeCount = 2
const users = ['ada', 'ben', 'cyd', 'dan', 'dan'] as const
/** Where timers are near, time passes in such pieces, ms, so that nothing waits long in a queue. */
const sliceMs = 100

export interface WorldOptions {
  readonly seed: number
  readonly store: StoreProvider
  readonly bug?: SeededBug | undefined
}

/** Five replicas of one document, two nodes over one store, and what befalls them. */
export class World implements AsyncDisposable {
  readonly random: SeededRandom
  readonly ledger = new Ledger()
  readonly trouble = new LogTrouble()
  readonly permissions = new Map<string, Permission>()
  readonly replicas: Replica[] = []
  readonly deaths: Death[] = []
  readonly pair: Pair
  readonly #bug: SeededBug | undefined
  readonly #lives: (Life | undefined)[] = Array.from({ length: nodeCount }, () => undefined)
  /** Of the node that opens the store just now. */
  #next: Life | undefined
  #lastMark = 0
  /** Packets move while threads work. Then it is chance what comes first, and a seed may not do the same again. */
  readonly #isHasty: boolean

  private constructor(options: WorldOptions, pair: Pair, random: SeededRandom) {
    this.#bug = options.bug
    this.pair = pair
    this.random = random
    this.#isHasty = random.integer(4) === 0
  }

  static async create(options: WorldOptions): Promise<World> {
    const late: { world?: World } = {}
    const random = seededRandom(options.seed)
    const app = notesInWorld({
      random,
      clock: () => late.world!.pair.clock,
      permissionOf: (user) => late.world!.permissions.get(user),
      bug: options.bug,
    })
    const wrapStore = (store: Store) => late.world!.#wrap(store)
    const limits = { roomLingerMs: 2_000 }
    const { seed } = options
    const store: StoreProvider = {
      open: (context) => options.store.open({ ...context, clock: inWholeMs(() => context.clock) }),
    }
    const pair = await createPair({ implementations: [app], seed, nodes: 0, store, wrapStore, limits })
    const world = new World(options, pair, random)
    late.world = world
    for (let node = 0; node < nodeCount; node++) await world.startNode(node)
    for (const user of users) world.replicas.push(world.#replica(user))
    return world
  }

  /** Of nodes that run. */
  get running(): readonly number[] {
    return this.#lives.flatMap((life, node) => (life && !life.isDead ? [node] : []))
  }

  life(node: number): Life | undefined {
    return this.#lives[node]
  }

  nextMark(): string {
    return `m${++this.#lastMark}`
  }

  /** Somebody who comes later, and has nothing. */
  come(user: string): Replica {
    const replica = this.#replica(user)
    this.replicas.push(replica)
    return replica
  }

  handle(node: number) {
    return this.pair.room(notes, 'note', { noteId: 'one' }, node)
  }

  /** Its failure is one of the run, unless it is meant. */
  follow(outcome: Promise<unknown>): void {
    outcome.catch((error: unknown) => this.pair.errors.push(error))
  }

  async startNode(node: number): Promise<void> {
    if (this.#lives[node]) return
    const life = new Life((how) => this.deaths.push(how))
    this.#lives[node] = life
    this.#next = life
    await this.pair.startNode(node)
  }

  /** The node goes: it closes what it holds, or is buried where it is dead. */
  async stopNode(node: number): Promise<void> {
    const life = this.#lives[node]
    if (!life) return
    life.release()
    this.trouble.releaseReads()
    await this.pair.runPromises()
    await this.pair.stopNode(node)
    this.#lives[node] = undefined
  }

  /** The node dies where it stands. */
  async killNode(node: number): Promise<void> {
    const life = this.#lives[node]
    if (life) life.isDead = true
    await this.bury()
  }

  /** What dead nodes still said reaches nobody. */
  async bury(): Promise<void> {
    for (const [node, life] of this.#lives.entries()) if (life?.isDead) await this.stopNode(node)
  }

  /** Ends the tick. What dies in it is buried. */
  async settle(): Promise<void> {
    await this.pair.settle()
    if (!this.#isHasty) await this.#threads()
    await this.bury()
  }

  async deliver(packets: number): Promise<void> {
    await this.settle()
    for (let moved = 0; moved < packets && this.pair.deliver(); moved++) await this.settle()
  }

  /** Lets time pass while packets move. */
  async run(ms: number): Promise<void> {
    const { clock } = this.pair
    for (const until = clock.monotonic() + ms; clock.monotonic() < until;) {
      await this.deliver(Infinity)
      await this.#threads()
      await this.pair.advance(Math.min(until - clock.monotonic(), Math.max(sliceMs, clock.untilNextMs ?? ms)))
    }
    await this.deliver(Infinity)
  }

  async #threads(): Promise<void> {
    for (let rest = untilThreadsRest(); rest; rest = untilThreadsRest()) {
      await rest
      await this.pair.settle()
    }
  }

  /** What was reported, and no injected fault explains. */
  get faults(): string[] {
    return [
      ...this.pair.errors.filter((error) => !isMeant(error)).map(describeError),
      ...this.replicas.flatMap(({ refusals }) => refusals),
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const replica of this.replicas) await replica.end()
    await this.pair.settle()
    for (const node of this.#lives.keys()) await this.stopNode(node)
    await this.pair[Symbol.asyncDispose]()
  }

  #replica(user: string): Replica {
    const { pair, random, ledger } = this
    return new Replica(user, random.integer(nodeCount), {
      pair,
      random,
      ledger,
      isForgetful: this.#bug?.isForgetful ?? false,
    })
  }

  #wrap(store: Store): Store {
    const life = this.#next
    if (life === undefined) throw new Error('no node is being started; call startNode of the world')
    return life.wrap(this.trouble.wrap({ ...store, ...this.#bug?.wrap?.(store) }))
  }
}
