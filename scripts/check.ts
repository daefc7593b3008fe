import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { repositoryRoot, runCommand, toolPath } from './run-command.ts'
import { runTests } from './run-tests.ts'
import { provideServices } from './services.ts'

interface Outcome {
  readonly code: number
  readonly output: string
}

interface Step {
  readonly name: string
  readonly run: () => Promise<Outcome>
}

const tool =
  (name: string, ...args: string[]) =>
  () =>
    runCommand(toolPath(name), args)
const script = (name: string) => () => runCommand(process.execPath, ['--import', 'tsx', join('scripts', name)])

async function lintPackages(): Promise<Outcome> {
  const folders = readdirSync(join(repositoryRoot, 'packages')).map((name) => join('packages', name))
  const packages = folders.filter((folder) => existsSync(join(repositoryRoot, folder, 'package.json')))
  const outcomes: Outcome[] = []
  for (const folder of packages) outcomes.push(await runCommand(toolPath('publint'), [folder, '--strict']))
  return {
    code: Math.max(0, ...outcomes.map(({ code }) => code)),
    output: outcomes.map(({ output }) => output).join('\n'),
  }
}

async function findServices(): Promise<Outcome> {
  const missing = await provideServices()
  return { code: missing ? 1 : 0, output: missing ?? '' }
}

// Lint, size and publint read what the build wrote, so the build comes early.
const steps: readonly Step[] = [
  { name: 'services', run: findServices },
  { name: 'format', run: tool('oxfmt', '--check', '.') },
  { name: 'build', run: build },
  { name: 'types', run: tool('tsc', '-p', 'tsconfig.tests.json') },
  { name: 'lint', run: tool('oxlint') },
  { name: 'boundaries', run: tool('turbo', 'boundaries') },
  { name: 'dead code', run: tool('knip', '--no-config-hints') },
  { name: 'rules', run: script('check-rules.ts') },
  { name: 'words', run: script('check-words.ts') },
  { name: 'size', run: tool('size-limit') },
  { name: 'packages', run: lintPackages },
]

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`
}

/** Every step runs, whatever became of those before it. Returns the names of the failed ones. */
async function runSteps(): Promise<string[]> {
  const failed: string[] = []
  for (const { name, run } of steps) {
    const startedMs = performance.now()
    const { code, output } = await run()
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(12)}${seconds(startedMs).padStart(8)}`)
    if (code === 0) continue
    failed.push(name)
    console.log(output.trimEnd())
  }
  return failed
}

const startedMs = performance.now()
const failedSteps = await runSteps()
const tests = await runTests([])
console.log(`check took ${seconds(startedMs)}; failed steps: ${failedSteps.join(', ') || 'none'}`)
const failedCount = tests.failed + failedSteps.length
console.log(`${tests.passed} passed, ${failedCount} failed`)
process.exitCode = failedCount === 0 ? 0 : 1
