import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import pg from 'pg'

export interface Postgres extends AsyncDisposable {
  /** @returns The URL of a new, empty database. */
  createDatabase(): Promise<string>
}

const onSocketOnly = ['-c', 'listen_addresses=']

/** Ends the server, without waiting for its clients, when our end of stdin is gone: also where this process was killed. */
const untilEnd = '"$0" "$@" & exec 2>/dev/null; cat; kill -INT $!; wait'

/** A PostgreSQL of its own, with fsync, on a socket in a temporary folder. */
export async function startPostgres(): Promise<Postgres> {
  if (!process.env.MILLRACE_POSTGRES) throw new Error('PostgreSQL is missing; install the package postgresql')
  const binaries = dirname(realpathSync(process.env.MILLRACE_POSTGRES))
  const folder = mkdtempSync(join(tmpdir(), 'millrace-postgres-'))
  const user = ordinaryUser()
  if (user) chownSync(folder, user.uid, user.gid)
  const options = { ...user, cwd: folder, env: { LC_ALL: 'C' } }
  const data = join(folder, 'data')
  const initdb = ['-D', data, '--auth=trust', '--username=chat', '--encoding=UTF8', '--no-locale', '--no-sync']
  const made = spawnSync(join(binaries, 'initdb'), initdb, { ...options, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`)
  const server = spawn(
    'sh',
    ['-c', untilEnd, join(binaries, 'postgres'), '-D', data, '-k', folder, ...onSocketOnly],
    options,
  )
  await untilReady(server.stderr)
  const url = (database: string): string => `postgres://chat@${encodeURIComponent(folder)}/${database}`
  let databases = 0
  return {
    createDatabase: async () => {
      const name = `chat_${++databases}`
      const client = new pg.Client({ connectionString: url('postgres') })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return url(name)
    },
    [Symbol.asyncDispose]: async () => {
      const exit = once(server, 'exit')
      server.stdin.end()
      await exit
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL does not run as root; Debian has a user for it. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = ['postgres', 'nobody'].flatMap((name) => users.filter((user) => user.startsWith(`${name}:`)))[0]
  if (line === undefined) throw new Error('PostgreSQL does not run as root; add a user `postgres`')
  const [uid, gid] = line.split(':').slice(2, 4).map(Number)
  return { uid: uid ?? 0, gid: gid ?? 0 }
}

async function untilReady(log: Readable): Promise<void> {
  const lines: string[] = []
  for await (const line of createInterface({ input: log })) {
    lines.push(line)
    if (line.includes('ready to accept connections')) {
      log.resume()
      return
    }
  }
  throw new Error(`PostgreSQL did not start: ${lines.join(' ')}`)
}
