import { inspect, parseArgs } from 'node:util'
import { startFleet } from './fleet/start-fleet.ts'
import type { Row, RowOptions } from './rows/row.ts'
import { runRow, type RowResult } from './run-row.ts'

/** `console`, or what takes its place. */
interface Output {
  log(line: string): void
  error(line: string): void
}

interface Request {
  readonly ids: readonly string[]
  readonly seed: number
}

/**
 * What `npm run faults` does: the long form of every row, or of those named, each on a fleet of its own.
 *
 * @returns Its exit code.
 */
export async function runFaults(args: readonly string[], rows: readonly Row[], output: Output): Promise<number> {
  const request = readRequest(args)
  if (!request || request.ids.some((id) => !rows.some((row) => row.id === id))) {
    const known = rows.map(({ id }) => id).join(', ')
    output.error(`usage: npm run faults [-- F01.. --seed N], with a whole number and rows among ${known}`)
    return 1
  }
  const { ids, seed } = request
  const chosen = rows.filter(({ id }) => ids.length === 0 || ids.includes(id))
  let failed = 0
  for (const row of chosen) {
    const { failures, ...result } = await runOnFleet(row, { seed, isLong: true })
    output.log(JSON.stringify(result))
    for (const failure of failures) output.error(failure)
    if (!result.ok) failed++
  }
  output.log(`${chosen.length - failed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** Undefined where it makes no sense. */
function readRequest(args: readonly string[]): Request | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { seed: { type: 'string' } },
    })
    const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
    return Number.isSafeInteger(seed) ? { ids: positionals, seed } : undefined
  } catch {
    return undefined
  }
}

/** A fleet that does not start, or does not heal, is a row that failed; those after it still run. */
async function runOnFleet(row: Row, options: RowOptions): Promise<RowResult> {
  try {
    await using fleet = await startFleet({}, row.fleet)
    return await runRow(row, fleet, options)
  } catch (error) {
    return { row: row.id, seed: options.seed, ok: false, oracles: {}, failures: [inspect(error)] }
  }
}
