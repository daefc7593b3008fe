import { afterAll, beforeAll, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { f01 } from '../rows/f01.ts'
import { expectRow } from './expect-row.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startFleet()
})
afterAll(() => fleet[Symbol.asyncDispose]())

it('[F01] a node killed with SIGKILL', () => expectRow(f01, fleet))
