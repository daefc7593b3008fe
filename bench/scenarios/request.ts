import { measureCpu } from './measure-cpu.ts'
import type { Scenario } from './scenario.ts'

const clients = 500
const requestsPerRound = 25_000

/** Clients that ask for an echo, and ask again when they have it. */
export const request: Scenario = {
  name: 'request',
  run: (options) =>
    measureCpu(
      {
        scenario: 'request',
        name: `${clients} clients`,
        operation: 'operation',
        prepare: async ({ load }, contender) =>
          void (await load.call('connect', { contender, count: clients, rooms: 'shared' })),
        play: ({ load }, contender) => load.call('request', { contender, operations: requestsPerRound }),
        finish: ({ load }, contender) => load.call('check', { contender }),
      },
      options,
    ),
}
