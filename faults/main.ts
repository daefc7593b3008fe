// `npm run faults [-- F01 F02.. --seed N]`: the long form of every row, or of those named.
import { parseArgs } from 'node:util'
import { servicePaths } from '../scripts/services.ts'
import { startFleet } from './fleet/start-fleet.ts'
import { rows } from './rows/rows.ts'
import { runRow } from './run-row.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } })
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const unknown = positionals.filter((id) => !rows.some((row) => row.id === id))
if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
  const known = rows.map(({ id }) => id).join(', ')
  console.error(`usage: npm run faults [-- F01.. --seed N], with a whole number and rows among ${known}`)
  process.exit(1)
}
Object.assign(process.env, servicePaths())
const chosen = rows.filter(({ id }) => positionals.length === 0 || positionals.includes(id))
let failed = 0
for (const row of chosen) {
  await using fleet = await startFleet({}, row.fleet)
  const { failures, ...result } = await runRow(row, fleet, { seed, isLong: true })
  console.log(JSON.stringify(result))
  for (const failure of failures) console.error(failure)
  if (!result.ok) failed++
}
console.log(`${chosen.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
