import { clusterContenderNames } from '../cluster/cluster-node.ts'
import { publishing, receiving } from '../cluster/stage.ts'
import { measureCluster } from './measure-cluster.ts'
import type { Scenario } from './scenario.ts'

const publishesPerRound = 12_000
/** One publish is under way in each. */
const rooms = Array.from({ length: 10 }, (_, room) => room)
/** Where the measured node has a member: what it receives there comes after everything before. */
const elsewhere = rooms.length

/** What a node spends on publishes to a room of which it has no members. */
export const interest: Scenario = {
  name: 'interest',
  run: (options) =>
    measureCluster(
      {
        scenario: 'interest',
        name: 'no member here',
        operation: 'publish',
        contenders: clusterContenderNames,
        baseline: 'redis-adapter',
        async prepare({ load, settled }, contender) {
          for (const room of rooms) await load.call('connect', { contender, count: 1, room, node: publishing })
          await load.call('connect', { contender, count: 1, room: elsewhere, node: receiving })
          await settled(contender)
        },
        async play({ load }, contender) {
          const report = await load.call('publish', { contender, rooms, times: publishesPerRound, isParallel: true })
          await load.call('publish', { contender, rooms: [elsewhere], times: 1 })
          return report
        },
      },
      options,
    ),
}
