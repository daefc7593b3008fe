import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runCommand } from './run-command.ts'

/** Something that tests need and npm does not bring. */
interface Service {
  readonly name: string
  /** Any one of them will do; the first found wins. */
  readonly commands: readonly string[]
  /** What Debian and Ubuntu call it. */
  readonly aptPackage: string
  /** Tests read the path of the command from this variable. */
  readonly variable: string
  /** Folders to search besides PATH. */
  readonly folders?: () => readonly string[]
}

const services: readonly Service[] = [
  {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    aptPackage: 'chromium',
    variable: 'MILLRACE_CHROMIUM',
  },
  {
    name: 'OpenSSL',
    commands: ['openssl'],
    aptPackage: 'openssl',
    variable: 'MILLRACE_OPENSSL',
  },
  {
    name: 'PostgreSQL',
    commands: ['postgres'],
    aptPackage: 'postgresql',
    variable: 'MILLRACE_POSTGRES',
    folders: postgresFolders,
  },
  {
    name: 'Redis',
    commands: ['redis-server'],
    aptPackage: 'redis-server',
    variable: 'MILLRACE_REDIS',
  },
  {
    name: 'HAProxy',
    commands: ['haproxy'],
    aptPackage: 'haproxy',
    variable: 'MILLRACE_HAPROXY',
  },
  {
    name: 'nginx',
    commands: ['nginx'],
    aptPackage: 'nginx',
    variable: 'MILLRACE_NGINX',
  },
]

/** Debian keeps servers of several versions beside each other; the newest first. */
function postgresFolders(): readonly string[] {
  const parent = '/usr/lib/postgresql'
  const versions = existsSync(parent) ? readdirSync(parent) : []
  return versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(parent, version, 'bin'))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Daemons live in sbin, which is not on the PATH of every user. */
function findCommand(commands: readonly string[], folders: readonly string[] = []): string | undefined {
  const searched = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', ...folders]
  return commands.flatMap((command) => searched.map((folder) => join(folder, command))).find(isExecutable)
}

function pathOf(service: Service): string | undefined {
  const chosen = process.env[service.variable]
  if (!chosen) return findCommand(service.commands, service.folders?.())
  return isExecutable(chosen) ? chosen : undefined
}

/** What a test finds in its environment: the path of each service that is installed. */
export function servicePaths(): Record<string, string> {
  return Object.fromEntries(services.flatMap((service) => [[service.variable, pathOf(service) ?? '']]))
}

/**
 * The paths of these services.
 *
 * @throws Error of one sentence that says what to install.
 */
export function requireServices(names: readonly string[]): string[] {
  const wanted = names.flatMap((name) => services.filter((service) => service.name === name))
  const missing = wanted.filter((service) => !pathOf(service))
  if (missing.length === 0) return wanted.map((service) => pathOf(service) ?? '')
  const [what, packages] = [missing.map(({ name }) => name), missing.map(({ aptPackage }) => aptPackage)]
  throw new Error(
    `${what.join(' and ')} is missing; install it, on Debian or Ubuntu with: apt-get install ${packages.join(' ')}`,
  )
}

function canInstall(): boolean {
  if (process.getuid?.() !== 0 || !findCommand(['apt-get'])) return false
  try {
    return /^(ID|ID_LIKE)=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Installs what is missing. Returns the one line to print when something still is, else undefined. */
export async function provideServices(): Promise<string | undefined> {
  const missing = () => services.filter((service) => !pathOf(service))
  if (missing().length > 0 && canInstall()) {
    const packages = missing().map((service) => service.aptPackage)
    console.log(`Installing ${packages.join(', ')} for the tests.`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const update = await runCommand('apt-get', ['update'], { env })
    const install = await runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })
    if (missing().length > 0) console.error(update.output + install.output)
  }
  if (missing().length === 0) return undefined
  const names = missing().map((service) => `${service.name} (${service.commands[0]}, package ${service.aptPackage})`)
  return `Missing for the tests: ${names.join(', ')}. Install it, or run as root on Debian or Ubuntu.`
}
