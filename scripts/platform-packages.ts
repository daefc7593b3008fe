export interface LockEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export type LockEntries = Readonly<Record<string, LockEntry>>

const systems: Record<string, string> = { windows: 'win32' }
for (const system of [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]) {
  systems[system] = system
}
const processors: Record<string, string> = { '64': 'x64' }
for (const processor of ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']) {
  processors[processor] = processor
}

function libcOf(words: readonly string[]): string | undefined {
  if (words.some((word) => word.startsWith('musl'))) return 'musl'
  return words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined
}

/**
 * `@oxlint/binding-linux-x64-musl` names its platform; os, cpu and libc are what npm compares with this machine. The order is
 * the one in which npm writes.
 */
function describePackage(name: string, version: string, isDev: boolean): LockEntry {
  const words = name.split(/[/-]/)
  const os = words.map((word) => systems[word]).find(Boolean)
  const cpu = words.map((word) => processors[word]).find(Boolean)
  const libc = os === 'linux' ? libcOf(words) : undefined
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

/** As Node resolves: the node_modules of the folder itself, then of each folder above. */
function isResolved(entries: LockEntries, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (Object.hasOwn(entries, folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`)) return true
    if (folder === '') return false
  }
}

/**
 * The optional packages of other platforms that a lock file does not name. npm leaves out those that the registry at hand
 * does not carry, and `npm ci` then refuses the file: https://github.com/npm/cli/issues/9342. An entry without `integrity`
 * is enough, and lets the other platforms install.
 */
export function findMissingPlatformPackages(entries: LockEntries): Record<string, LockEntry> {
  const missing: Record<string, LockEntry> = {}
  for (const [path, entry] of Object.entries(entries)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isResolved(entries, path, name)) continue
      missing[`node_modules/${name}`] = describePackage(name, version, entry.dev === true)
    }
  }
  return missing
}
