import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Program } from './child.ts'

/**
 * PostgreSQL with its data in a folder, which is made where it is missing. Everybody on this machine may connect, as in a
 * development tool they may.
 *
 * @throws Error of one sentence where the folder cannot be used.
 */
export function postgres(command: string, folder: string, port: number): Omit<Program, 'onLine'> {
  const user = ordinaryUser()
  const env = { LC_ALL: 'C', PATH: process.env.PATH }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) chownSync(folder, user.uid, user.gid)
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const initdb = join(dirname(realpathSync(command)), 'initdb')
    const args = ['-D', folder, '--auth=trust', '--username=millrace', '--encoding=UTF8', '--no-locale']
    const made = spawnSync(initdb, args, { ...user, cwd: '/', env, encoding: 'utf8' })
    if (made.status !== 0) {
      const why = (made.error?.message ?? made.stderr).trim().split('\n').at(-1)
      throw new Error(`PostgreSQL cannot use ${folder}; set DATA_DIR to a folder that its user may enter: ${why}`)
    }
  }
  const args = ['-D', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  return {
    name: 'postgres',
    port,
    command,
    args,
    env,
    user,
    // It does not wait for its clients.
    endSignal: 'SIGINT',
    isReady: (line) => line.includes('ready to accept connections'),
  }
}

/** PostgreSQL does not run as root; Debian has a user for it. */
export function ordinaryUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  const line = ['postgres', 'nobody'].flatMap((name) => users.filter((user) => user.startsWith(`${name}:`)))[0]
  if (line === undefined) throw new Error('PostgreSQL does not run as root; add a user `postgres`')
  const [uid, gid] = line.split(':').slice(2, 4).map(Number)
  return { uid: uid ?? 0, gid: gid ?? 0 }
}
