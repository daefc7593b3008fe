import type { ClientOptions } from '@millrace/client'
import { seededRandom } from '@millrace/testing'
import type { FaultRooms } from '../contract.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import { Hearing } from './hearing.ts'
import { Member } from './member.ts'
import { Publisher } from './publisher.ts'
import { readLog } from './read-log.ts'
import { until } from './until.ts'

export interface LoadOptions {
  readonly seed: number
  /** Default 2. Their names are of this run only. */
  readonly rooms?: number
  /** Clients behind the load balancer that publish, in every room. Default 3. */
  readonly publishers?: number
  /** Clients behind the load balancer that only listen. Default 6. */
  readonly readers?: number
  /** Of each publisher in each room, between an outcome and the next publish, ms. Default 40. */
  readonly pauseMs?: number
  /** Whether each node has a member that cannot go elsewhere. Default true. */
  readonly hasEars?: boolean
  /** `hall` (the default): with presence. `lane`: without, for crowds. */
  readonly kind?: keyof FaultRooms
  /** Where members connect. Default: the load balancer. */
  readonly url?: string
  /** Default: soon, since most rows wait for it. */
  readonly reconnect?: ClientOptions['reconnect']
  /** What clients report. Default: to stderr. */
  readonly onError?: (error: Error) => void
}

/** Clients under steady load, all in this process. */
export interface Load extends AsyncDisposable {
  readonly rooms: readonly string[]
  readonly publishers: readonly Publisher[]
  /** Behind the load balancer; the publishers' come first. */
  readonly members: readonly Member[]
  /** One that sees only its own node, per node and in its order. They watch the presence. */
  readonly ears: readonly Member[]
  /** All of these, and those who were added. */
  readonly everybody: readonly Member[]
  /** Members behind the load balancer that are on this node now. */
  on(node: string): readonly Member[]
  /** Another member; of `url` where it is not the load balancer's. Joined. */
  add(name: string, url?: string): Promise<Member>
  /** So many more acknowledgements in each room, from now on. */
  flows(acks?: number): Promise<void>
  acks(room: string): number
  /** Another `pauseMs` from here on. */
  pace(pauseMs: number): void
  /** No new publishes; everything has its outcome. */
  quiet(): Promise<void>
  /** The same, and everybody who is left is at the top. Writes down what is stored. */
  settle(): Promise<void>
}

let runs = 0

/** Everybody has joined and publishes flow. */
export async function startLoad(fleet: Fleet, options: LoadOptions): Promise<Load> {
  const {
    seed,
    rooms: roomCount = 2,
    publishers: publisherCount = 3,
    readers = 6,
    kind = 'hall',
    hasEars = true,
    url = fleet.url,
  } = options
  let { pauseMs = 40 } = options
  const { journal } = fleet
  const run = ++runs
  const random = seededRandom(seed)
  const rooms = Array.from({ length: roomCount }, (_, index) => `${kind} ${run}-${index + 1}`)
  const acks = new Map<string, number>(rooms.map((room) => [room, 0]))
  const all: Member[] = []
  const create = (name: string, to: string, isObserver = false): Member => {
    const { reconnect, onError } = options
    const member = new Member({
      name: `${name}-${run}`,
      url: to,
      rooms,
      journal,
      isObserver,
      ...(reconnect && { reconnect }),
      ...(onError && { onError }),
    })
    all.push(member)
    return member
  }
  const ears = (hasEars ? fleet.nodes : []).map((node) => create(`ear-${node.name}`, node.url, true))
  const members = Array.from({ length: publisherCount + readers }, (_, index) =>
    create(index < publisherCount ? `publisher${index + 1}` : `reader${index + 1 - publisherCount}`, url),
  )
  const hearing = new Hearing(
    journal,
    ears.map((ear, index) => ({ node: fleet.nodes[index]!, ear })),
  )
  const publishers = members.slice(0, publisherCount).map(
    (member) =>
      new Publisher({
        member,
        random,
        journal,
        pauseMs: () => pauseMs,
        onAck: (acknowledged) => {
          acks.set(acknowledged.room, (acks.get(acknowledged.room) ?? 0) + 1)
          hearing.acknowledged(acknowledged)
        },
      }),
  )
  const stop = (): void => {
    hearing.stop()
    for (const publisher of publishers) publisher.stop()
  }
  const load: Load = {
    rooms,
    publishers,
    members,
    ears,
    everybody: all,
    on: (node) => members.filter((member) => member.node === node && member.isConnected),
    async add(name, to = url) {
      const member = create(name, to)
      await member.join()
      return member
    },
    async flows(more = 20) {
      const goals = rooms.map((room) => ({ room, goal: load.acks(room) + more }))
      await until(`${more} publishes to each room`, () => goals.every(({ room, goal }) => load.acks(room) >= goal))
    },
    pace: (ms) => void (pauseMs = ms),
    acks: (room) => acks.get(room) ?? 0,
    async quiet() {
      stop()
      await until('every publish has its outcome', () => publishers.every(({ isIdle }) => isIdle), 60_000)
    },
    async settle() {
      await load.quiet()
      const present = all.filter(({ client }) => client.state.state !== 'closed')
      for (const room of rooms) {
        const top = await publishers[0]?.publish(room, 'repeat')
        await until(`everybody is at the top of ${room}`, () =>
          present.every((member) => member.position(room)?.id === top?.id),
        )
      }
      for (const record of await readLog(fleet.redisUrl, rooms)) journal.say(record)
    },
    async [Symbol.asyncDispose]() {
      stop()
      await Promise.all(all.map((member) => member.client.close()))
    },
  }
  try {
    await Promise.all(all.map((member) => member.join()))
    for (const publisher of publishers) publisher.start()
    hearing.start()
    await load.flows()
  } catch (error) {
    await load[Symbol.asyncDispose]()
    throw error
  }
  return load
}
