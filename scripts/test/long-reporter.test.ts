import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot, runCommand, toolPath } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

it('says what is to come, how each file ended, and what is left', async () => {
  using folder = createTemporaryFolder({
    'vitest.config.js': 'export default { test: { fileParallelism: false } }\n',
    'a.test.js': "import { expect, it } from 'vitest'\nit('a', () => {})\nit('b', () => expect(1).toBe(2))\n",
    'b.test.js': "import './missing.js'\n",
  })
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder.root, 'node_modules'))
  const reporter = join(repositoryRoot, 'scripts/long-reporter.ts')
  const { output } = await runCommand(toolPath('vitest'), ['run', `--reporter=${reporter}`], { cwd: folder.root })
  const said = output.split('\n').filter((line) => line.startsWith('[long]'))
  expect(said).toHaveLength(3)
  expect(said[0]).toMatch(/ 2 files with long forms; .* about 0 min$/)
  expect(
    said.filter((line) => /a\.test\.js ended: 2 of 2 tests, 1 failed, 0\.0 min; \d of 2 files/.test(line)),
  ).toHaveLength(1)
  expect(said.filter((line) => /b\.test\.js ended: could not be loaded; \d of 2 files/.test(line))).toHaveLength(1)
})
