import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot, runCommand } from '../run-command.ts'
import { startBuild } from '../start-build.mjs'
import { createTemporaryFolder } from './temporary-folder.ts'

function createRepository(script: string) {
  const root = { name: 'root', private: true, packageManager: 'npm@11.0.0', workspaces: ['packages/*'] }
  const folder = createTemporaryFolder({
    'package.json': JSON.stringify(root),
    'package-lock.json': JSON.stringify({ name: 'root', lockfileVersion: 3, packages: {} }),
    'turbo.json': '{ "tasks": { "build": {} } }',
    '.gitignore': 'node_modules\n',
    'packages/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0', scripts: { build: 'node build.mjs' } }),
    'packages/a/build.mjs': script,
  })
  symlinkSync(join(repositoryRoot, 'node_modules'), join(folder.root, 'node_modules'))
  return folder
}

/** A process that ended but was not collected by its parent (state Z) is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  const { output } = await runCommand('ps', ['-o', 'stat=', '-p', String(pid)])
  return /^[^Z]/.test(output.trim())
}

it('says what a failed build said', async () => {
  using folder = createRepository("console.log('the reason'); process.exit(1)\n")
  const { code, output } = await startBuild(folder.root).done
  expect(code).not.toBe(0)
  expect(output).toContain('the reason')
})

it.each([
  ['that ends on a signal', ''],
  ['that ignores signals', "for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => {})\n"],
])('leaves no process behind when it stops a build %s', async (_name, prelude) => {
  const write = "import { writeFileSync } from 'node:fs'\nwriteFileSync('pid', String(process.pid))\n"
  using folder = createRepository(`${prelude}${write}setInterval(() => {}, 1_000)\n`)
  const file = join(folder.root, 'packages/a/pid')
  const build = startBuild(folder.root)
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 }).toMatch(/^\d+$/)
  const pid = Number(readFileSync(file, 'utf8'))
  expect(await isAlive(pid)).toBe(true)
  await build.stop()
  await build.done
  await expect.poll(() => isAlive(pid)).toBe(false)
})
