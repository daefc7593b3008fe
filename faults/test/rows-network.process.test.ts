import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { backToBaseline } from '../rows/back-to-baseline.ts'
import { f10 } from '../rows/f10.ts'
import { f11 } from '../rows/f11.ts'
import { f12 } from '../rows/f12.ts'
import { f13 } from '../rows/f13.ts'
import { f14 } from '../rows/f14.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F12, FLT12] the load balancer is reloaded, then killed', () => expectRow(backToBaseline(f12), fleet))
it('[F13] a thousand clients are cut at once', () => expectRow(f13, fleet))
it('[F10] acknowledgements are cut', () => expectRow(f10, fleet))
it('[F11] a node is cut off from Redis', () => expectRow(f11, fleet))
it('[F14] the clock of one node is an hour off', () => expectRow(f14, fleet))
