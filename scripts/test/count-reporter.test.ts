import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { TestCounts } from '../count-reporter.ts'
import { repositoryRoot, runCommand, toolPath } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

async function count(text: string): Promise<{ code: number; counts: TestCounts }> {
  using folder = createTemporaryFolder({
    'vitest.config.js': 'export default {}\n',
    'a.test.js': `import { afterAll, expect, it } from 'vitest'\n${text}`,
  })
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder.root, 'node_modules'))
  const file = join(folder.root, 'counts.json')
  const reporter = join(repositoryRoot, 'scripts/count-reporter.ts')
  const env = { ...process.env, MILLRACE_TEST_COUNTS: file }
  const { code } = await runCommand(toolPath('vitest'), ['run', `--reporter=${reporter}`], { cwd: folder.root, env })
  return { code, counts: JSON.parse(readFileSync(file, 'utf8')) as TestCounts }
}

it('counts tests that pass, fail and are left out', async () => {
  const skipped = ['it.sk', "ip('c', () => {})"].join('')
  const { code, counts } = await count(`it('a', () => {})\nit('b', () => expect(1).toBe(2))\n${skipped}\n`)
  expect(counts).toEqual({ passed: 1, failed: 1, skipped: 1 })
  expect(code).toBe(1)
})

it.each([
  ['a file that does not load', "import './missing.js'\nit('a', () => {})", 0],
  ['a hook that fails', "afterAll(() => { throw new Error('no') })\nit('a', () => {})", 1],
  ['a rejection that nobody handles', "it('a', () => { void Promise.reject(new Error('no')) })", 1],
])('counts %s as a failure', async (_name, text, passed) => {
  const { code, counts } = await count(text)
  expect(counts).toEqual({ passed, failed: 1, skipped: 0 })
  expect(code).toBe(1)
})
