import { isLossy, type ContenderName } from '../contenders/contender.ts'
import { quoteRoom } from '../contenders/room-kind.ts'
import { measureCpu } from './measure-cpu.ts'
import { playStream } from './play-stream.ts'
import type { Scenario } from './scenario.ts'

/** Those that have a thought for what is replaced, and the baseline. */
const contenders: readonly ContenderName[] = ['socket.io', 'socket.io-volatile', 'socket.io-by-hand', 'millrace']

const viewers = 100
const keys = 500
const perSecond = 5_000
const updatesPerRound = 2_500

/** The newest value of each of many keys: whoever can sends it 60 times a second and leaves out what was replaced. */
export const latest: Scenario = {
  name: 'latest',
  run(options) {
    const newest = new Map<string, Readonly<Record<string, number>>>()
    return measureCpu(
      {
        scenario: 'latest',
        name: `${perSecond}/s of ${keys} keys to ${viewers} viewers`,
        operation: 'update',
        contenders,
        prepare: async ({ load }, contender) =>
          void (await load.call('connect', { contender, count: viewers, rooms: 'shared', room: quoteRoom })),
        async play(stage, contender) {
          const run = { room: quoteRoom, updates: updatesPerRound, perSecond, keys }
          const { report, streamed } = await playStream(stage, contender, run)
          newest.set(contender, streamed.newest)
          return report
        },
        async tidy({ load }, contender) {
          if (!isLossy(contender)) await load.call('checkNewest', { contender, newest: newest.get(contender) ?? {} })
        },
        finish: ({ load }, contender) => load.call('check', { contender }),
      },
      options,
    )
  },
}
