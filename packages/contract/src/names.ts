/** Events of the protocol itself. */
export const wireNames = {
  join: '~join',
  leave: '~leave',
  history: '~history',
  presence: '~presence',
  auth: '~auth',
  hello: '~hello',
  frame: '~frame',
  gap: '~gap',
  state: '~state',
  kick: '~kick',
  view: '~view',
  unview: '~unview',
  points: '~points',
  close: '~close',
  drain: '~drain',
  ping: '~ping',
  invalid: '~invalid',
} as const

/** Names that Socket.IO or Node's EventEmitter keep for themselves, and those that reach a prototype. */
const reservedNames = new Set([
  'connect',
  'connect_error',
  'connection',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
  '__proto__',
  'constructor',
  'prototype',
])

/** Why `name` cannot name an entry; undefined where it can. */
export function entryNameFault(name: string): string | undefined {
  if (name.startsWith('~')) return 'begins with ~, which the protocol keeps for itself'
  if (reservedNames.has(name)) return 'is reserved by Socket.IO or JavaScript'
  if (!/^[\w.:-]{1,64}$/.test(name)) return 'must be 1 to 64 of A-Z a-z 0-9 _ . : -'
  return undefined
}

export function isEntryVersion(version: unknown): version is number {
  return Number.isInteger(version) && (version as number) >= 1 && (version as number) <= 1_000_000
}

/** An entry's name where it travels or is stored: `message`, or `message@2` from version 2 on. */
export function versionedName(name: string, version: number): string {
  return version === 1 ? name : `${name}@${version}`
}

/** The inverse of `versionedName`. Text with another suffix is a name that no contract can have. */
export function splitVersionedName(versioned: string): { name: string; version: number } {
  const at = versioned.lastIndexOf('@')
  const suffix = versioned.slice(at + 1)
  const version = Number(suffix)
  if (at === -1 || version === 1 || !isEntryVersion(version) || String(version) !== suffix) {
    return { name: versioned, version: 1 }
  }
  return { name: versioned.slice(0, at), version }
}
