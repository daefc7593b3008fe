import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { repositoryRoot, runCommand } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

const scripts = join(repositoryRoot, 'scripts')

const run = `
import { supervise } from '${pathToFileURL(join(scripts, 'supervise.mjs')).href}'
const args = ['${join(scripts, 'run-home.mjs')}', new URL('server.mjs', import.meta.url).href]
// However long a busy machine takes to start a server, no time passes between two deaths.
const options = { cwd: import.meta.dirname, env: { ...process.env, PORT: '0' }, monotonicMs: () => 0 }
process.exit(await supervise(args, options))
`
/** Notes each start with the port that it was given. */
const server = `
import { appendFileSync, readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
appendFileSync('starts', process.env.PORT + ' ')
const starts = readFileSync('starts', 'utf8').trim().split(' ').length
`

/** Supervises a server whose `main` is the given text, until that is over. */
async function supervise(main: string, env: Readonly<Record<string, string>> = { NODE_ENV: 'development' }) {
  using folder = createTemporaryFolder({
    'run.mjs': run,
    'server.mjs': `${server}\nexport async function main() { ${main} }`,
  })
  const options = { cwd: folder.root, env: { ...process.env, ...env } }
  const { code, output } = await runCommand(process.execPath, ['run.mjs'], options)
  return { code, output, starts: readFileSync(join(folder.root, 'starts'), 'utf8').trim().split(' ') }
}

const kill = "process.kill(process.pid, 'SIGKILL')"
const die = `${kill}; await setTimeout(60_000)`

it('[HOM20] the next server is given the port of the first', async () => {
  // The port is told once `main` is over, and before the process gets to a timer that it set.
  const main = `if (starts > 1) process.exit(0); void setTimeout(1).then(() => ${kill}); return 4711`
  expect(await supervise(main)).toEqual({
    code: 0,
    output: 'The server was killed. Starting it again...\n',
    starts: ['0', '4711'],
  })
})

it('[HOM22] a server that is killed at each start is not started for ever', async () => {
  const { code, output, starts } = await supervise(die)
  expect(output).toMatch(/again and again, and is not started any more: look for what kills it\.\n$/)
  expect({ code, starts: starts.length }).toEqual({ code: 1, starts: 6 })
})

it('[HOM24] a server that ends itself ends the supervisor with its code', async () => {
  expect(await supervise("console.error('The port is taken.'); process.exit(1)")).toEqual({
    code: 1,
    output: 'The port is taken.\n',
    starts: ['0'],
  })
  expect(await supervise('process.exit(3)')).toMatchObject({ code: 3, starts: ['0'] })
})

it('[HOM21, HOM24] in production it is not started again, and neither is one that crashed', async () => {
  expect(await supervise(die, { NODE_ENV: 'production' })).toMatchObject({ code: 137, starts: ['0'] })
  const crash = die.replace('SIGKILL', 'SIGSEGV')
  expect(await supervise(crash)).toMatchObject({
    code: 139,
    output: 'The server was ended by SIGSEGV.\n',
    starts: ['0'],
  })
})
