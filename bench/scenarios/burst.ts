import { measureCpu } from './measure-cpu.ts'
import type { Scenario } from './scenario.ts'

const members = 100
const perTick = 20
const burstsPerRound = 50

/** Twenty publishes in one tick; the next burst follows the last receipt. */
export const burst: Scenario = {
  name: 'burst',
  run: (options) =>
    measureCpu(
      {
        scenario: 'burst',
        name: `${perTick} in a tick, ${members} members`,
        operation: 'delivery',
        prepare: async ({ load }, contender) =>
          void (await load.call('connect', { contender, count: members, rooms: 'shared' })),
        play: ({ load }, contender) => load.call('publish', { contender, times: burstsPerRound, perTick }),
        finish: ({ load }, contender) => load.call('check', { contender }),
      },
      options,
    ),
}
