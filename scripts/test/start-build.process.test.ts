import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot } from '../run-command.ts'
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it('says what a failed build said', async () => {
  using folder = createRepository("console.log('the reason'); process.exit(1)\n")
  const { code, output } = await startBuild(folder.root).done
  expect(code).not.toBe(0)
  expect(output).toContain('the reason')
})

it('leaves no process behind when it is stopped', async () => {
  const script =
    "import { writeFileSync } from 'node:fs'\nwriteFileSync('pid', String(process.pid))\nsetInterval(() => {}, 1_000)\n"
  using folder = createRepository(script)
  const file = join(folder.root, 'packages/a/pid')
  const build = startBuild(folder.root)
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 }).toMatch(/^\d+$/)
  const pid = Number(readFileSync(file, 'utf8'))
  expect(isAlive(pid)).toBe(true)
  await build.stop()
  await build.done
  expect(isAlive(pid)).toBe(false)
})
