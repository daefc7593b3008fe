import { writeFile } from 'node:fs/promises'
import { build } from './build.ts'
import { parseOptions, usage, type Options } from './options.ts'
import { choosePinning } from './pinning.ts'
import { surroundings } from './results/machine.ts'
import { resultsPage } from './results/results-page.ts'
import type { Row } from './row.ts'
import { table } from './table.ts'

function readOptions(): Options {
  try {
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${messageOf(error)}\n${usage}`)
    process.exit(1)
  }
}

async function bench(options: Options): Promise<void> {
  const date = new Date()
  const around = surroundings()
  build()
  const choice = choosePinning()
  const where =
    'pinning' in choice
      ? `servers on core ${choice.pinning.server}, load on core ${choice.pinning.load}`
      : choice.unpinned
  console.log(`node ${process.version}, ${options.rounds} rounds, ${where}`)
  const rows: Row[] = []
  const seconds = new Map<string, number>()
  const faults = new Map<string, string>()
  for (const scenario of options.scenarios) {
    const pinning = 'pinning' in choice ? choice.pinning : undefined
    const startedAt = performance.now()
    try {
      rows.push(...(await scenario.run({ ...options, pinning, say: (progress) => console.error(progress) })))
    } catch (error) {
      faults.set(scenario.name, messageOf(error))
      console.error(`${scenario.name} failed: ${messageOf(error)}`)
      process.exitCode = 1
    }
    seconds.set(scenario.name, (performance.now() - startedAt) / 1_000)
    console.error(`${scenario.name} took ${Math.round(seconds.get(scenario.name) ?? 0)} s`)
  }
  if (options.jsonFile !== undefined) await writeFile(options.jsonFile, `${JSON.stringify(rows, undefined, 2)}\n`)
  if (options.resultsFile !== undefined) {
    // Where files went is of no use to readers.
    const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`.replace(
      / --(json|results|profile|trace)[ =]\S+/g,
      '',
    )
    const page = { rows, date, command, rounds: options.rounds, pinning: where, surroundings: around, seconds, faults }
    await writeFile(options.resultsFile, resultsPage(page))
  }
  console.log(table(rows))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

try {
  await bench(readOptions())
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
