import { createPair, LogTrouble, type Cable, type Pair, type PairOptions, type TestUser } from '@millrace/testing'
import type { Client, RoomClient } from '@millrace/client'
import { logFaults, type EventLog, type LogFaults } from '@millrace/server'
import { roomKey, type GapSpan } from '@millrace/contract'
import { board, boardApp, boardTruth, type BoardTruth } from './board.ts'

type Rooms = (typeof board)['rooms']
export type Kind = keyof Rooms

/** A pair with one board, whose log can be troubled. */
export interface Scene extends AsyncDisposable {
  readonly pair: Pair
  readonly trouble: LogTrouble
  readonly truth: BoardTruth
  /** Publishes as the server does, and settles. */
  say(kind: Exclude<Kind, 'present'>, ...numbers: readonly number[]): Promise<void>
  /** Trims and rewinds of the log of a room, without the node's knowledge. */
  faults(
    kind: Kind,
    id?: string,
  ): Promise<{ trim(keepEvents: number): Promise<void>; rewind(toOffset: number): Promise<void> }>
}

export async function openScene(options: Partial<PairOptions<TestUser>> = {}): Promise<Scene> {
  const trouble = new LogTrouble()
  const truth = boardTruth()
  const pair = await createPair({
    implementations: [boardApp(truth)],
    wrapStore: (store) => trouble.wrap(store),
    ...options,
  })
  return {
    pair,
    trouble,
    truth,
    async say(kind, ...numbers) {
      for (const n of numbers) await pair.room(board, kind, { id: 'a' }).publish('note', { n })
      await pair.settle()
    },
    async faults(kind, id = 'a') {
      const { log } = await pair.openStore()
      const faults = (log as EventLog & { readonly [logFaults]: LogFaults })[logFaults]
      const key = roomKey(board.namespace, kind, { id })
      return { trim: (keep) => faults.trim(key, keep), rewind: (to) => faults.rewind(key, to) }
    },
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  }
}

/** One client's place in a room, and what its listeners were told, in order. */
export interface Seat<K extends Kind> {
  readonly client: Client
  readonly cable: Cable
  readonly room: RoomClient<Rooms[K]>
  /** Numbers of notes. */
  readonly heard: number[]
  /** Notes as numbers, gaps as `gap reason from-to`, in the order of the calls. */
  readonly told: (number | string)[]
  readonly gaps: (GapSpan & { readonly snapshot?: unknown })[]
}

/** A client that has not joined. */
export function takeSeat<K extends Kind>({ pair }: Scene, user: string, kind: K, node = 0): Seat<K> {
  const { client, cable } = pair.client({ auth: { user } })
  cable.node = node
  const namespace = client.use(board)
  const room = namespace.room(kind as 'plain', { id: 'a' })
  const seat: Seat<K> = { client, cable, room: room as unknown as Seat<K>['room'], heard: [], told: [], gaps: [] }
  room.on('note', ({ n }) => {
    seat.heard.push(n)
    seat.told.push(n)
  })
  room.on('gap', (gap) => {
    seat.gaps.push(gap)
    seat.told.push(`gap ${gap.reason} ${gap.from.offset}-${gap.to.offset}`)
  })
  return seat
}

/** A client in the room. */
export async function join<K extends Kind>(scene: Scene, user: string, kind: K, node = 0): Promise<Seat<K>> {
  const seat = takeSeat(scene, user, kind, node)
  const joined = (seat.room as unknown as { join(): Promise<unknown> }).join()
  await scene.pair.flush()
  await joined
  return seat
}

/** Cuts the cable, lets `meanwhile` happen, and lets the client come back. */
export async function whileAway(scene: Scene, seat: Seat<Kind>, meanwhile: () => Promise<unknown>): Promise<void> {
  seat.cable.isPlugged = false
  seat.cable.cut()
  await meanwhile()
  seat.cable.isPlugged = true
  await scene.pair.run(30_000)
}
