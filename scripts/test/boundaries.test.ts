import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot, runCommand, toolPath } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

const workspaces = ['packages', 'apps']
  .flatMap((folder) => readdirSync(join(repositoryRoot, folder)).map((name) => `${folder}/${name}`))
  .concat('bench')
  .filter((path) => existsSync(join(repositoryRoot, path, 'turbo.json')))

const tagged = workspaces.map((path) => `${path}/turbo.json`)

// turbo refuses a package that is called like a tag.
const nameOf = (path: string) => `@test/${path.replace('/', '-')}`

/** What `turbo boundaries` says of a repository with our rules and tags, these dependencies and these sources. */
async function checkBoundaries(dependencies: Record<string, readonly string[]>, sources: Record<string, string> = {}) {
  const manifests = workspaces.map((path) => {
    const dependsOn = (dependencies[path] ?? []).map((other) => [nameOf(other), '1.0.0'])
    const manifest = { name: nameOf(path), version: '1.0.0', dependencies: Object.fromEntries(dependsOn) }
    return [`${path}/package.json`, JSON.stringify(manifest)]
  })
  const root = {
    name: 'root',
    private: true,
    packageManager: 'npm@11.0.0',
    workspaces: ['packages/*', 'apps/*', 'bench'],
  }
  const lock = { name: 'root', lockfileVersion: 3, packages: {} }
  using folder = createTemporaryFolder(
    {
      ...Object.fromEntries(manifests),
      'package.json': JSON.stringify(root),
      'package-lock.json': JSON.stringify(lock),
      ...sources,
    },
    ['turbo.json', ...tagged],
  )
  return await runCommand(toolPath('turbo'), ['boundaries', '--no-color'], { cwd: folder.root })
}

it('every workspace has a tag', () => {
  const all = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(repositoryRoot, folder)).map((name) => `${folder}/${name}`),
  )
  const manifests = all.filter((path) => existsSync(join(repositoryRoot, path, 'package.json')))
  expect(workspaces).toEqual([...manifests, 'bench'])
})

it('allows the arrows of the design', async () => {
  const { code, output } = await checkBoundaries({
    'packages/client': ['packages/contract'],
    'packages/server': ['packages/contract'],
    'packages/sqlite': ['packages/contract', 'packages/server', 'packages/testing'],
    'packages/testing': ['packages/contract', 'packages/server', 'packages/client'],
    'apps/chat': ['packages/contract', 'packages/server', 'packages/client', 'packages/sqlite'],
    'apps/home': ['apps/chat', 'packages/server'],
  })
  expect(output).toContain('no issues found')
  expect(code).toBe(0)
})

it.each([
  ['packages/contract', 'packages/server'],
  ['packages/server', 'packages/sqlite'],
  ['packages/server', 'packages/client'],
  ['packages/client', 'packages/server'],
  ['packages/testing', 'apps/chat'],
  ['apps/chat', 'apps/home'],
  ['bench', 'apps/chat'],
])('forbids that %s depends on %s', async (path, other) => {
  const { code, output } = await checkBoundaries({ [path]: [other] })
  expect(output).toContain(nameOf(other))
  expect(code).toBe(1)
})

it('finds an import that no dependency declares, and one that leaves the package', async () => {
  const { code, output } = await checkBoundaries(
    {},
    {
      'packages/server/src/a.ts': "import '@test/packages-contract'\n",
      'packages/client/src/a.ts': "import '../../server/src/a.ts'\n",
    },
  )
  expect(output).toContain('cannot import package `@test/packages-contract`')
  expect(output).toContain('leaves the package')
  expect(code).toBe(1)
})
