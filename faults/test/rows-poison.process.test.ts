import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { f07 } from '../rows/f07.ts'
import { f09 } from '../rows/f09.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F07] the subscriptions of a node are half-open', () => expectRow(f07, fleet))
it('[F09, P10] poison on every channel and in every stream', () => expectRow(f09, fleet))
