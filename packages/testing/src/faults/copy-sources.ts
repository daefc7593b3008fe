import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Sources in a folder of their own, ready to run. */
export interface SourceCopy extends AsyncDisposable {
  readonly folder: string
  /** @throws Error that says how to renew a patch that does not apply any more. */
  apply(patch: string): Promise<void>
  /** Takes a patch out again. */
  revert(patch: string): Promise<void>
}

/**
 * The sources of all packages of a workspace; what comes from npm is shared.
 *
 * @param root Where `packages` and `node_modules` are.
 * @param parts Files and folders to copy beside `packages/*` and `src` in them; of `root`.
 */
export async function copySources(root: string, parts: readonly string[]): Promise<SourceCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-sources-'))
  const packages = await readdir(join(root, 'packages'))
  const sources = packages.flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/src`])
  for (const part of ['package.json', 'tsconfig.base.json', ...sources, ...parts])
    await cp(join(root, part), join(folder, part), { recursive: true })
  await linkModules(root, folder, packages)
  return {
    folder,
    async apply(patch) {
      try {
        await git(folder, ['apply', '--whitespace=nowarn', patch])
      } catch (error) {
        const renew = `put the bug into the sources by hand, then: git diff -U1 packages/*/src > ${patch}, and take it out again`
        throw new Error(`${patch} does not apply to these sources any more; to renew it, ${renew}`, { cause: error })
      }
    },
    revert: (patch) => git(folder, ['apply', '--whitespace=nowarn', '-R', patch]),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

async function git(folder: string, args: readonly string[]): Promise<void> {
  // Else a repository around the temporary folder would make git pass over every file.
  await run('git', args, { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) } })
}

/** Symbolic links, except for our own packages: these lead into the copy. */
async function linkModules(root: string, folder: string, packages: readonly string[]): Promise<void> {
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
