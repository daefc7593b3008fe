import { writeFile } from 'node:fs/promises'
import { build } from './build.ts'
import { parseOptions, usage, type Options } from './options.ts'
import { choosePinning } from './pinning.ts'
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
  build()
  const choice = choosePinning()
  const where =
    'pinning' in choice
      ? `servers on core ${choice.pinning.server}, load on core ${choice.pinning.load}`
      : choice.unpinned
  console.log(`node ${process.version}, ${options.rounds} rounds, ${where}`)
  const rows: Row[] = []
  for (const scenario of options.scenarios) {
    const pinning = 'pinning' in choice ? choice.pinning : undefined
    rows.push(...(await scenario.run({ ...options, pinning, say: (progress) => console.error(progress) })))
  }
  if (options.jsonFile !== undefined) await writeFile(options.jsonFile, `${JSON.stringify(rows, undefined, 2)}\n`)
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
