import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '../../../..')
const run = promisify(execFile)

/** The sources of all packages in a folder of their own, ready to run; what comes from npm is shared. */
export interface SourceCopy extends AsyncDisposable {
  readonly folder: string
}

export async function copySources(): Promise<SourceCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-sources-'))
  const packages = await readdir(join(root, 'packages'))
  for (const part of packages.flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/src`]))
    await copy(part, folder)
  for (const part of [
    'package.json',
    'tsconfig.base.json',
    'packages/sqlite/test/kill',
    'packages/sqlite/test/fixtures',
  ])
    await copy(part, folder)
  await linkModules(folder, packages)
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** @throws Error that says how to renew a patch that does not apply any more. */
export async function applyPatch({ folder }: SourceCopy, patch: string): Promise<void> {
  // Else a repository around the temporary folder would make git pass over every file.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) }
  try {
    await run('git', ['apply', '--whitespace=nowarn', join(import.meta.dirname, '../bugs', patch)], {
      cwd: folder,
      env,
    })
  } catch (error) {
    const renew = `put the bug into the sources by hand, then: git diff -U1 packages/*/src > packages/sqlite/test/bugs/${patch}, and take it out again`
    throw new Error(`${patch} does not apply to these sources any more; to renew it, ${renew}`, { cause: error })
  }
}

async function copy(part: string, folder: string): Promise<void> {
  await cp(join(root, part), join(folder, part), { recursive: true })
}

/** Symbolic links, except for our own packages: these lead into the copy. */
async function linkModules(folder: string, packages: readonly string[]): Promise<void> {
  const ours = join('node_modules', '@millrace')
  await mkdir(join(folder, ours), { recursive: true })
  for (const name of packages) {
    await symlink(join(folder, 'packages', name), join(folder, ours, name))
    const own = join('packages', name, 'node_modules')
    if (existsSync(join(root, own))) await symlink(join(root, own), join(folder, own))
  }
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@millrace') await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
}
