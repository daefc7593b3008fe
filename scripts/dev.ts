import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { repositoryRoot, toolPath } from './run-command.ts'

interface Watcher {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
}

/** What the server is made of; tsx itself sees only the supervisor. */
const sources = [
  'apps/*/*.ts',
  'apps/{home/pulse,chat/store,charts/log,charts/machine,charts/market,arena/game,arena/keeper,collab/store,collab/handlers}/*.ts',
  'packages/*/src/**/*.ts',
]

const server: Watcher = {
  command: toolPath('tsx'),
  args: ['watch', '--clear-screen=false', ...sources.map((glob) => `--include=${glob}`), 'scripts/serve.ts'],
  cwd: repositoryRoot,
}

/** Each app whose web folder Vite builds; the configuration lies in the app or in its web folder. */
function findWebs(): Watcher[] {
  const apps = readdirSync(join(repositoryRoot, 'apps')).map((name) => join(repositoryRoot, 'apps', name))
  const watch = (cwd: string, ...args: string[]): Watcher => ({
    command: toolPath('vite'),
    args: ['build', ...args, '--watch', '--logLevel', 'warn'],
    cwd,
  })
  return apps.flatMap((app) => {
    if (existsSync(join(app, 'vite.config.ts'))) return [watch(app)]
    return existsSync(join(app, 'web/vite.config.ts')) ? [watch(app, 'web')] : []
  })
}

/** Runs until the first watcher ends or a signal arrives, then ends them all. */
function runWatchers(watchers: readonly Watcher[]): void {
  const children = watchers.map(({ command, args, cwd }) => spawn(command, args, { cwd, stdio: 'inherit' }))
  const stop = () => children.forEach((child) => child.kill('SIGTERM'))
  process.on('SIGINT', stop).on('SIGTERM', stop)
  for (const child of children) {
    child.on('exit', (code) => {
      process.exitCode ||= code ?? 0
      stop()
    })
  }
}

// The first build gives the server something to serve and the watchers something to compare with.
const { code, output } = await build()
if (code === 0) runWatchers([server, ...findWebs()])
else {
  console.error(output)
  process.exitCode = 1
}
