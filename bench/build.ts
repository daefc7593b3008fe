import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Compiles the packages under test, where they are stale, and the bench. The compilers' words go to stderr. */
export function build(): void {
  run('turbo', 'run', 'build', '--filter=@millrace/bench^...', '--output-logs=errors-only')
  run('tsc', '-p', 'bench')
}

function run(...command: readonly string[]): void {
  const { status } = spawnSync('npx', command, { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${command.join(' ')} failed; its words are above`)
}
