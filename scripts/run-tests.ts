import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestCounts } from './count-reporter.ts'
import { repositoryRoot, runCommand, toolPath } from './run-command.ts'

/** No counts means that vitest ended before its reporters did; no tests means that the filter matched nothing. */
function readCounts(file: string, code: number): TestCounts {
  let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 }
  try {
    counts = JSON.parse(readFileSync(file, 'utf8')) as TestCounts
  } catch {
    console.error('vitest ended without counting its tests.')
  }
  const isFailure = code !== 0 || counts.passed + counts.failed === 0
  return isFailure && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** Runs vitest with its own output. `args` are vitest's: file filters, `-t`, `--project`. */
export async function runTests(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<TestCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tests-'))
  const file = join(folder, 'counts.json')
  const hasReporter = args.some((argument) => argument.startsWith('--reporter'))
  const reporters = [...(hasReporter ? [] : ['default']), join(repositoryRoot, 'scripts/count-reporter.ts')]
  try {
    const { code } = await runCommand(
      toolPath('vitest'),
      ['run', ...reporters.map((name) => `--reporter=${name}`), ...args],
      { env: { ...env, MILLRACE_TEST_COUNTS: file }, output: 'inherit' },
    )
    return readCounts(file, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
