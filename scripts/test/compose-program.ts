import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Program } from '../cluster/child.ts'
import { ordinaryUser } from '../cluster/postgres.ts'
import { repositoryRoot } from '../run-command.ts'
import { requireServices } from '../services.ts'
import { readDockerfile, type Service } from './compose-file.ts'
import type { ComposeNetwork } from './compose-network.ts'

/** Where the programs of the images are on this machine. */
export function imagePath(): string {
  const paths = requireServices(['Redis', 'PostgreSQL', 'HAProxy']).flatMap((path) => [path, realpathSync(path)])
  return [...paths.map((path) => dirname(path)), process.env.PATH].join(':')
}

/** A service as its container starts it; `folder` stands for what it mounts or keeps. */
export function programOf(name: string, service: Service, network: ComposeNetwork, folder: string): Program {
  const port = network.portOf(name)
  const image = service.build === undefined ? undefined : readDockerfile()
  const [command = '', ...args] = service.command?.split(' ') ?? image?.command ?? []
  const given = Object.entries(service.environment).map(([key, value]) => [key, network.inText(value)])
  const env = { PATH: imagePath(), ...image?.env, ...(Object.fromEntries(given) as Record<string, string>) }
  const rest = { name, port, command, endSignal: 'SIGTERM', isReady: () => true, onLine: () => {} } as const
  const kept = join(folder, name)
  mkdirSync(kept)
  if (service.image.startsWith('redis:'))
    return { ...rest, args: [...args, '--port', String(port), '--bind', '127.0.0.1', '--dir', kept], env }
  if (service.image.startsWith('postgres:')) {
    const user = preparePostgres(env, kept, port)
    return { ...rest, args, env: { ...env, PGDATA: kept, PGPORT: String(port) }, user }
  }
  if (service.image.startsWith('haproxy:')) {
    const mounts = service.volumes.map((volume) => volume.split(':'))
    const hostPath = (arg: string) => mounts.find(([, inside]) => inside === arg)?.[0] ?? arg
    return { ...rest, args: args.map(hostPath), env: { ...env, PORT: String(port) } }
  }
  return { ...rest, args: args.map(inCheckout), env: { ...env, PORT: String(port), DATA_DIR: kept } }
}

/** Its health check as a command with arguments. */
export function healthCheckOf(service: Service, network: ComposeNetwork): readonly string[] {
  const [kind, ...test] = service.healthcheck?.test ?? ['CMD', ...readDockerfile().healthcheck]
  if (kind !== 'CMD') throw new Error(`a health check runs as a command, not as ${kind}; an image may have no shell`)
  return network.inCommand(test).map(inCheckout)
}

/** The image's working directory is the checkout; here it is where the process happens to be. */
function inCheckout(arg: string): string {
  return arg.startsWith('scripts/') ? join(repositoryRoot, arg) : arg
}

/** What the image's entry point makes of its variables before it starts the server. */
function preparePostgres(env: Readonly<Record<string, string>>, data: string, port: number): Program['user'] {
  const { POSTGRES_USER = '', POSTGRES_PASSWORD = '', POSTGRES_DB = '' } = env
  const user = ordinaryUser()
  const password = `${data}.password`
  writeFileSync(password, POSTGRES_PASSWORD)
  if (user) for (const path of [data, password]) chownSync(path, user.uid, user.gid)
  const options = { ...user, cwd: '/', env: { ...env, LC_ALL: 'C' }, stdio: 'pipe' } as const
  const args = ['-D', data, '--auth=scram-sha-256', `--username=${POSTGRES_USER}`, `--pwfile=${password}`, '--no-sync']
  execFileSync('initdb', args, options)
  const statement = `create database ${POSTGRES_DB}\n`
  execFileSync('postgres', ['--single', '-D', data, '-p', String(port), 'postgres'], { ...options, input: statement })
  const sockets = `listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n`
  writeFileSync(join(data, 'postgresql.auto.conf'), sockets)
  return user
}
