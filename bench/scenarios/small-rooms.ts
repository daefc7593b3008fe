import { measureCpu } from './measure-cpu.ts'
import type { Scenario } from './scenario.ts'

const rooms = 200
const members = 10
const publishesPerRound = 4_000

/** Many rooms at once; the next publish to a room follows its last receipt. */
export const smallRooms: Scenario = {
  name: 'small-rooms',
  run: (options) =>
    measureCpu(
      {
        scenario: 'small-rooms',
        name: `${rooms * members} clients, ${rooms} rooms`,
        operation: 'publish',
        prepare: ({ load }, contender) => load.call('connectRooms', { contender, rooms, members }),
        play: ({ load }, contender) =>
          load.call('publishRooms', {
            contender,
            rooms: Array.from({ length: rooms }, (_, room) => room),
            times: publishesPerRound,
            isParallel: true,
          }),
        finish: ({ load }, contender) => load.call('check', { contender }),
      },
      options,
    ),
}
