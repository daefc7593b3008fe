import { expect, it } from 'vitest'
import { runCommand, toolPath } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

const manifest = JSON.stringify({ name: 'a', version: '1.0.0', type: 'module', exports: './src/index.ts' })

it('finds exports of internals that nobody imports, and leaves the public ones alone', async () => {
  using folder = createTemporaryFolder(
    {
      'package.json': '{ "name": "root", "private": true, "workspaces": ["packages/*"] }',
      'packages/a/package.json': manifest,
      'packages/a/src/index.ts': "import { used } from './internal.ts'\nexport const open = used\n",
      'packages/a/src/internal.ts': 'export const used = 1\nexport const forgotten = 2\n',
      'packages/a/src/alone.ts': 'export const alone = 1\n',
    },
    ['knip.json'],
  )
  const { code, output } = await runCommand(toolPath('knip'), ['--no-config-hints', '--reporter=compact'], {
    cwd: folder.root,
  })
  expect(code).toBe(1)
  expect(output).toContain('packages/a/src/internal.ts: forgotten')
  expect(output).toContain('packages/a/src/alone.ts')
  expect(output).not.toContain('open')
})
