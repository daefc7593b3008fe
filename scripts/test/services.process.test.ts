import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot, runCommand } from '../run-command.ts'

it('a missing service is named in one line, and the run fails', async () => {
  const { code, output } = await runCommand(process.execPath, ['--import', 'tsx', 'scripts/test.ts'], {
    env: { PATH: join(repositoryRoot, 'nowhere') },
  })
  expect(output.trim().split('\n')).toEqual([
    expect.stringMatching(/^Missing for the tests: Chromium/),
    '0 passed, 1 failed',
  ])
  expect(code).toBe(1)
})
