import type { ContenderName } from '../contenders/contender.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Row } from '../row.ts'
import { openStage } from '../stage.ts'
import { chosenOf } from './chosen-of.ts'
import { checkOpenFiles } from './open-files.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

/** Connected before the first reading, so that code and caches that the first connections need are not counted. */
const warmConnections = 1_000

type RoomLayout = 'shared' | 'own'

/** With ten thousand connections; the lower bound shows with fewer. */
const compared: readonly ContenderName[] = ['socket.io', 'millrace']

/** Rooms of one are measured with so many times fewer, as ten thousand connections twice would take too long. */
const ownShare = 5

/**
 * Memory of connections that say nothing. Every round takes a fresh process: a heap that once was larger gives nothing
 * back that could be compared.
 */
export const idle: Scenario = {
  name: 'idle',
  async run(options) {
    checkOpenFiles(warmConnections + options.connections)
    const fewer = { ...options, connections: Math.ceil(options.connections / ownShare) }
    return [...(await measureIdle('shared', options, compared)), ...(await measureIdle('own', fewer, compared))]
  },
}

async function measureIdle(
  rooms: RoomLayout,
  options: ScenarioOptions,
  known: readonly ContenderName[],
): Promise<Row[]> {
  const { rounds, say } = options
  const name = `${options.connections} in ${rooms === 'shared' ? 'one room' : 'rooms of one'}`
  const contenders = chosenOf('idle', known, options.contenders)
  const results = await playRounds({ contenders, rounds, warmUps: 0 }, async (contender) => {
    const rssBytesPerConnection = await playIdle(contender, rooms, options)
    say(`idle, ${name}: ${contender} ${Math.round(rssBytesPerConnection)} B`)
    return { rssBytesPerConnection }
  })
  return rowsOf('idle', name, [{ name: 'rssBytesPerConnection', unit: 'B', isMain: true }], results)
}

async function playIdle(
  contender: ContenderName,
  rooms: RoomLayout,
  { connections, pinning }: ScenarioOptions,
): Promise<number> {
  await using stage = await openStage([contender], pinning)
  const server = stage.server(contender)
  await stage.load.call('connect', { contender, count: warmConnections, rooms })
  const before = await server.call('settledRssBytes', undefined)
  await stage.load.call('connect', { contender, count: connections, rooms })
  const after = await server.call('settledRssBytes', undefined)
  return (after - before) / connections
}
