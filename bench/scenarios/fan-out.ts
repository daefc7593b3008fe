import { plainContenderNames } from '../contenders/contender.ts'
import { measureCpu } from './measure-cpu.ts'
import type { Scenario } from './scenario.ts'

/** One round, whatever the size of the room. */
const deliveriesPerRound = 40_000

/** One room, one publish at a time: the next one follows the last receipt. */
export const fanOut: Scenario = {
  name: 'fan-out',
  async run(options) {
    const rows = []
    for (const members of [100, 1_000]) {
      rows.push(
        ...(await measureCpu(
          {
            scenario: 'fan-out',
            name: `${members} members`,
            operation: 'delivery',
            contenders: plainContenderNames,
            prepare: async ({ load }, contender) =>
              void (await load.call('connect', { contender, count: members, rooms: 'shared' })),
            play: ({ load }, contender) =>
              load.call('publish', { contender, times: deliveriesPerRound / members, perTick: 1 }),
            finish: ({ load }, contender) => load.call('check', { contender }),
          },
          options,
        )),
      )
    }
    return rows
  },
}
