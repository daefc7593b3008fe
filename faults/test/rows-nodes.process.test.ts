import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { f01 } from '../rows/f01.ts'
import { f02 } from '../rows/f02.ts'
import { f03 } from '../rows/f03.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  // Shorter than the defaults, and long enough for HAProxy's checks and for moves over seconds.
  fleet = await startFleet({ drainWaitMs: 800, drainOverMs: 2_500 })
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F03] a node is frozen', () => expectRow(f03, fleet))
it('[F01, P7, P8] a node is killed', () => expectRow(f01, fleet))
it('[F02, P11] every node is restarted', () => expectRow(f02, fleet))
