import { clusterContenderNames } from '../cluster/cluster-node.ts'
import { publishing, receiving } from '../cluster/stage.ts'
import type { Row } from '../row.ts'
import { measureCluster } from './measure-cluster.ts'
import { measureStopped } from './measure-stopped.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const bigRoom = { members: 200, publishesPerRound: 700 } as const
const manyRooms = { rooms: 50, local: 5, membersOfLocal: 2, publishesPerRound: 1_000, localWarmUps: 3_000 } as const

/** One node publishes, and another one has the members. */
export const crossNode: Scenario = {
  name: 'cross-node',
  async run(options) {
    return [...(await oneBigRoom(options)), ...(await fewLocalRooms(options)), ...(await measureStopped(options))]
  },
}

function oneBigRoom(options: ScenarioOptions): Promise<Row[]> {
  const { members, publishesPerRound } = bigRoom
  return measureCluster(
    {
      scenario: 'cross-node',
      name: `${members} members`,
      operation: 'publish',
      contenders: clusterContenderNames,
      baseline: 'redis-adapter',
      async prepare({ load, settled }, contender) {
        await load.call('connect', { contender, count: members, room: 0, node: receiving })
        await settled(contender)
      },
      play: ({ load }, contender) => load.call('publish', { contender, rooms: [0], times: publishesPerRound }),
    },
    options,
  )
}

function fewLocalRooms(options: ScenarioOptions): Promise<Row[]> {
  const { rooms, local, membersOfLocal, publishesPerRound, localWarmUps } = manyRooms
  const all = Array.from({ length: rooms }, (_, room) => room)
  // Spread over the turns, so that what is local comes one at a time.
  const locals = all.filter((room) => room % (rooms / local) === 0)
  return measureCluster(
    {
      scenario: 'cross-node',
      name: `${local} of ${rooms} rooms local`,
      operation: 'publish',
      contenders: clusterContenderNames,
      baseline: 'redis-adapter',
      async prepare({ load, settled }, contender) {
        for (const room of all) await load.call('connect', { contender, count: 1, room, node: publishing })
        for (const room of locals)
          await load.call('connect', { contender, count: membersOfLocal, room, node: receiving })
        await settled(contender)
        // Too little of a round is local for a server to compile what serves it; one that has run for a while has.
        await load.call('publish', { contender, rooms: locals, times: localWarmUps })
      },
      // The classic adapter serves its own members before Redis has seen the event. Without a pause it would be asked for more
      // in less time than the others, and its receiving node would take many at once.
      play: ({ load }, contender) =>
        load.call('publish', { contender, rooms: all, times: publishesPerRound, pauseMs: 1 }),
    },
    options,
  )
}
