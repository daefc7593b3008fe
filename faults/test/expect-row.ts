import { expect } from 'vitest'
import type { Fleet } from '../fleet/start-fleet.ts'
import { runRow } from '../run-row.ts'
import type { Row } from '../rows/row.ts'

const seed = Number(process.env.MILLRACE_SEED ?? 20_261_120)

/** The short form of a row; the long one is `npm run faults`. */
export async function expectRow(row: Row, fleet: Fleet): Promise<void> {
  const { ok, failures } = await runRow(row, fleet, { seed, isLong: false })
  expect({ seed, failures }).toEqual({ seed, failures: [] })
  expect(ok).toBe(true)
}
