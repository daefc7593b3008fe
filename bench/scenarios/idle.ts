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

const compared: readonly ContenderName[] = ['socket.io', 'millrace']

/** Rooms of one are measured with so many times fewer, as ten thousand connections twice would take too long. */
const ownShare = 5

/** Resident memory differs little between rounds, and a round takes half a minute. */
const mostRounds = 2

/**
 * Memory of connections that say nothing. Every round takes a fresh process: a heap that once was larger gives nothing
 * back that could be compared.
 */
export const idle: Scenario = {
  name: 'idle',
  async run(options) {
    checkOpenFiles(warmConnections + options.connections)
    const fewer = { ...options, connections: Math.ceil(options.connections / ownShare) }
    return [...(await measureIdle('shared', options)), ...(await measureIdle('own', fewer))]
  },
}

async function measureIdle(rooms: RoomLayout, options: ScenarioOptions): Promise<Row[]> {
  const rounds = Math.min(options.rounds, mostRounds)
  const name = `${options.connections} in ${rooms === 'shared' ? 'one room' : 'rooms of one'}`
  const contenders = chosenOf('idle', compared, options.contenders)
  const results = await playRounds({ contenders, rounds, warmUps: 0 }, async (contender) => {
    const rssBytesPerConnection = await playIdle(contender, rooms, options)
    options.say(`idle, ${name}: ${contender} ${Math.round(rssBytesPerConnection)} B`)
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
