import type { ContenderName } from '../contenders/contender.ts'
import { streamRoom } from '../contenders/room-kind.ts'
import { measureCpu } from './measure-cpu.ts'
import { playStream } from './play-stream.ts'
import type { Scenario } from './scenario.ts'

/** Those that deliver everything. */
const contenders: readonly ContenderName[] = ['socket.io', 'socket.io-by-hand', 'ws', 'millrace']

const viewers = 100
const perSecond = 5_000
const updatesPerRound = 2_500

/** A feed that waits for nobody, to one room: every viewer gets every update. */
export const stream: Scenario = {
  name: 'stream',
  run: (options) =>
    measureCpu(
      {
        scenario: 'stream',
        name: `${perSecond}/s to ${viewers} viewers`,
        operation: 'update',
        contenders,
        prepare: async ({ load }, contender) =>
          void (await load.call('connect', { contender, count: viewers, rooms: 'shared', room: streamRoom })),
        play: async (stage, contender) =>
          (await playStream(stage, contender, { room: streamRoom, updates: updatesPerRound, perSecond })).report,
        finish: ({ load }, contender) => load.call('check', { contender }),
      },
      options,
    ),
}
