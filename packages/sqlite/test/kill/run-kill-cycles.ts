import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { seededRandom, type OracleRecord } from '@millrace/testing'
import { laneEvents } from '../fixtures/kill-contract.ts'
import { startClients } from './kill-clients.ts'
import { startLife, type Life } from './kill-server.ts'
import { startProxy } from './proxy.ts'
import { readDatabase } from './read-database.ts'

/**
 * One life of the server, from its start to the kill.
 * - `plain`: everybody is there.
 * - `deaf`: what the server says in its last moments reaches nobody, so that clients do not know of what it stored.
 * - `away`: one member is not there, until after a lane has forgotten what it missed.
 * - `far`: the same, until it has missed more than fits into one page, or into what a node keeps in memory.
 * - `copy`: the database is copied after the kill.
 * - `restored`: begins with that copy, and one member stays away until old offsets were given anew.
 * - `erased`: begins without a database.
 */
export type Cycle = 'plain' | 'deaf' | 'away' | 'far' | 'copy' | 'restored' | 'erased'

export interface KillRun {
  readonly records: readonly OracleRecord[]
  /** For each kill, how many publishes were in flight. */
  readonly inFlight: readonly number[]
  /** Whether every publish had its outcome and every member came to the top. */
  readonly isSettled: boolean
}

export interface KillRunOptions {
  readonly seed: number
  readonly cycles: readonly Cycle[]
  /** Empty; for the database. */
  readonly folder: string
  /** How long the end may take, ms. */
  readonly patienceMs: number
}

/** Acknowledged publishes to each room in one life before it may end. */
const leastAcks = 25
const missedAcks: { readonly [C in Cycle]?: number } = { away: 2 * laneEvents, far: 700 }
/** The kill falls this long after the load is there at the latest, ms. */
const maxDelayMs = 30
/** Answers of a `deaf` life. One in three tells of a claim; of so many, some tell of what only the key in the store protects. */
const unheardAnswers = 8

export async function runKillCycles({ seed, cycles, folder, patienceMs }: KillRunOptions): Promise<KillRun> {
  const random = seededRandom(seed)
  const data = join(folder, 'data')
  const copy = join(folder, 'copy')
  const file = join(data, 'store.db')
  await using front = await startProxy()
  await using back = await startProxy()
  await using clients = startClients(front.url, back.url, seed)
  const inFlight: number[] = []

  const start = async (): Promise<Life> => {
    const life = await startLife(file)
    for (const proxy of [front, back]) proxy.lead(life.port)
    return life
  }
  const lose = async (cause: 'restored' | 'erased'): Promise<void> => {
    await rm(data, { recursive: true })
    if (cause === 'restored') await cp(copy, data, { recursive: true })
    await clients.order({ what: 'loss', cause })
  }
  const live = async (cycle: Cycle): Promise<void> => {
    await using life = await start()
    await clients.order({ what: 'load', acks: missedAcks[cycle] ?? leastAcks })
    if (cycle === 'restored') await clients.order({ what: 'overtaken' })
    await pause(random.fraction() * maxDelayMs)
    if (cycle === 'deaf') await front.mute(unheardAnswers)
    await life.kill()
    for (const proxy of [front, back]) proxy.lead(null)
    inFlight.push(await clients.order({ what: 'cut' }))
  }

  for (const [index, cycle] of cycles.entries()) {
    if (cycle === 'restored' || cycle === 'erased') await lose(cycle)
    if (index > 0 && (cycle === 'restored' || cycle in missedAcks)) back.hold()
    await live(cycle)
    back.release()
    if (cycle === 'copy') await cp(data, copy, { recursive: true })
  }
  await using last = await start()
  const isSettled = (await clients.order({ what: 'finish', patienceMs })) === 1
  const seen = await clients.end()
  await last.kill()
  return { records: [...seen, ...(await readDatabase(file))], inFlight, isSettled }
}
