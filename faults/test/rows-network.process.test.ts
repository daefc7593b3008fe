import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { f12 } from '../rows/f12.ts'
import { f13 } from '../rows/f13.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F12] the load balancer is reloaded, then killed', () => expectRow(f12, fleet))
it('[F13] a thousand clients are cut at once', () => expectRow(f13, fleet))
