import { measureCpu } from './measure-cpu.ts'
import type { Scenario } from './scenario.ts'

const connectionsPerRound = 1_000

/** Handshake, authentication and join. The disconnects between two rounds are not measured. */
export const connect: Scenario = {
  name: 'connect',
  run: (options) =>
    measureCpu(
      {
        scenario: 'connect',
        name: `${connectionsPerRound} connections`,
        operation: 'operation',
        play: ({ load }, contender) => load.call('connect', { contender, count: connectionsPerRound, rooms: 'shared' }),
        tidy: ({ load }, contender) => load.call('disconnect', { contender }),
      },
      options,
    ),
}
