import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { f04 } from '../rows/f04.ts'
import { f05 } from '../rows/f05.ts'
import { f06 } from '../rows/f06.ts'
import { f08 } from '../rows/f08.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet({ deadlineMs: 3_000 })
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F04] Redis loses everything', () => expectRow(f04, fleet))
it('[F05] Redis starts from an older snapshot', () => expectRow(f05, fleet))
it('[F08] Redis does not do what it is asked', () => expectRow(f08, fleet))

it('[F06] Sentinels make the replica the master', async () => {
  await using behindSentinel = await startFleet({ deadlineMs: 3_000 }, f06.fleet)
  await expectRow(f06, behindSentinel)
})
