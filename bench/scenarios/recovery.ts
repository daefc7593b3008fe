import { setTimeout } from 'node:timers/promises'
import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import { publishing, receiving, type ClusterStage } from '../cluster/stage.ts'
import { measureCluster } from './measure-cluster.ts'
import type { Scenario } from './scenario.ts'

const clients = 500
const missed = 100
/** Each round has a room of its own, and a room is asked for by a byte. */
const maxRounds = 250
/** How long to wait before asking a node again how many connections it has, ms. */
const pollMs = 5

/** Clients that were cut off come back to another node, which knows nothing of their room. */
export const recovery: Scenario = {
  name: 'recovery',
  run: (options) =>
    measureCluster(
      {
        scenario: 'recovery',
        name: `${clients} clients, ${missed} events`,
        operation: 'client',
        // The two that can recover.
        contenders: ['redis-streams-adapter', 'millrace'],
        baseline: 'redis-streams-adapter',
        comparesTime: true,
        // A round is few handshakes, and a server that has just begun pays for compiling what makes them.
        warmUps: 3,
        prepare: ({ settled }, contender) => settled(contender),
        async beforeRound(stage, contender, round) {
          const { load } = stage
          if (round >= maxRounds) throw new Error(`recovery has rooms for ${maxRounds} rounds; play fewer`)
          await load.call('connect', { contender, count: 1 + clients, room: round, node: publishing })
          // What they have received last is where they come back.
          await load.call('publish', { contender, rooms: [round], times: 1 })
          await load.call('cut', { contender })
          await isLeft(stage, contender)
          await load.call('publish', { contender, rooms: [round], times: missed })
        },
        play: ({ load }, contender) => load.call('recover', { contender, node: receiving, missed }),
        tidy: ({ load }, contender) => load.call('disconnect', { contender }),
      },
      options,
    ),
}

/** Resolves when the node has noticed that all but one are gone. */
async function isLeft({ node }: ClusterStage, contender: ClusterContenderName): Promise<void> {
  while ((await node(contender, publishing).call('connections', undefined)) > 1) await setTimeout(pollMs)
}
