import { roomKey } from '@millrace/contract'
import { memory, type EventLog, type LogFaults, type Store, type StoreProvider } from '@millrace/server'
import type { RoomClient } from '@millrace/client'
import { PacketType } from 'socket.io-parser'
import { decodePacket } from '../pair/codec.ts'
import { LogTrouble } from '../pair/log-trouble.ts'
import { createPair, type Pair, type PairClient } from '../pair/pair.ts'
import { faultsOf } from '../suites/log-fixtures.ts'
import { modelApp, modelContract } from './model-app.ts'
import { Publications } from './publications.ts'
import { Truth } from './truth.ts'
import { Violations } from './violations.ts'
import { Witness } from './witness.ts'

export interface ModelOptions {
  readonly seed: number
  readonly store?: StoreProvider
  readonly room: 'plain' | 'shown'
  readonly nodes: number
}

/** One client of the world, and who judges what it hears. */
export interface Actor {
  readonly name: string
  readonly at: PairClient
  readonly room: RoomClient<(typeof modelContract)['rooms']['shown']>
  readonly witness: Witness
}

interface WorldParts {
  readonly pair: Pair
  readonly store: Store
  readonly truth: Truth
  readonly publications: Publications
  readonly violations: Violations
  readonly trouble: LogTrouble
  readonly options: ModelOptions
}

/** Three clients, a few nodes, one room, and the truth of its log. */
export class ModelWorld implements AsyncDisposable {
  readonly pair: Pair
  readonly options: ModelOptions
  readonly violations: Violations
  readonly truth: Truth
  readonly publications: Publications
  readonly actors: readonly Actor[]
  readonly faults: LogFaults
  readonly trouble: LogTrouble
  readonly roomKey: string
  readonly #store: Store
  /** Outcomes that are waited for. */
  readonly #following = new Set<Promise<void>>()
  lastN = 0

  constructor({ pair, store, truth, publications, violations, trouble, options }: WorldParts) {
    this.pair = pair
    this.options = options
    this.#store = store
    this.truth = truth
    this.publications = publications
    this.violations = violations
    this.trouble = trouble
    this.roomKey = roomKeyOf(options)
    this.faults = faultsOf(store.log)
    this.actors = ['ada', 'bob', 'cyd'].map((name) => this.#actor(name))
    this.#watchAnswers()
  }

  follow(outcome: Promise<void>): void {
    this.#following.add(outcome)
    void outcome.finally(() => this.#following.delete(outcome))
  }

  get followed(): number {
    return this.#following.size
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pair[Symbol.asyncDispose]()
    await this.#store.close()
  }

  #actor(name: string): Actor {
    const at = this.pair.client({ auth: { user: name } })
    const room = at.client.use(modelContract).room(this.options.room) as Actor['room']
    const witness = new Witness(name, this.truth, this.violations)
    room.on('note', ({ n }, { position, key }) => witness.heard({ n, position, key }))
    room.on('gap', (gap) => witness.gap(gap, gap.snapshot))
    room.on('kicked', () => witness.out())
    return { name, at, room, witness }
  }

  /** `join()` does not tell where listening begins; the packet does. */
  #watchAnswers(): void {
    const asked = new Set<string>()
    this.pair.onPacket((wire, direction, packet) => {
      const { type, data, id } = decodePacket(packet)
      const name = `${wire.id} ${id}`
      if (direction === 'up' && type === PacketType.EVENT && (data as unknown[])[0] === '~join') asked.add(name)
      if (direction === 'up' || type !== PacketType.ACK || !asked.delete(name)) return
      const [answer] = data as [{ ok: boolean; data?: { position: { epoch: string; offset: number; id: string } } }]
      if (answer.ok && answer.data) this.actors[wire.cable]?.witness.answered(answer.data.position)
    })
  }
}

export async function createModelWorld(options: ModelOptions): Promise<ModelWorld> {
  const violations = new Violations()
  const room = roomKeyOf(options)
  const judged: { log?: EventLog; publications?: Publications } = {}
  const implementation = modelApp(
    (user, key) => judged.publications?.ran(user, key),
    () => ({ log: judged.log as EventLog, room }),
  )
  const { seed, nodes, store: provider = memory() } = options
  const trouble = new LogTrouble()
  const wrapStore = (store: Store) => trouble.wrap(store)
  const pair = await createPair({ implementations: [implementation], seed, nodes, store: provider, wrapStore })
  const store = await pair.openStore()
  const [start] = await store.log.tails([room])
  if (start === undefined) throw new Error('tails answers one position per room')
  const truth = new Truth(start, violations)
  judged.log = store.log
  judged.publications = new Publications(truth, violations)
  await store.log.subscribe(room, {
    entries: (entries) => entries.forEach((entry) => truth.append(entry, pair.clock.monotonic())),
  })
  return new ModelWorld({ pair, store, truth, publications: judged.publications, violations, trouble, options })
}

function roomKeyOf({ room }: ModelOptions): string {
  return roomKey(modelContract.namespace, room, {})
}
