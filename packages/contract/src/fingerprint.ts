import type { Contract } from './contract.ts'

/** Every entry of a contract as `kind:name` with its version. Rooms' entries are `event:room/name`. */
export function entryVersions(contract: Contract): Record<string, number> {
  const versions: Record<string, number> = {}
  const add = (
    kind: string,
    prefix: string,
    entries: Readonly<Record<string, { readonly version?: number }>> = {},
  ): void => {
    for (const [name, entry] of Object.entries(entries)) versions[`${kind}:${prefix}${name}`] = entry.version ?? 1
  }
  add('request', '', contract.requests)
  add('question', '', contract.questions)
  add('event', '', contract.events)
  add('room', '', contract.rooms)
  for (const [name, room] of Object.entries(contract.rooms ?? {})) {
    add('event', `${name}/`, room.events)
    add('request', `${name}/`, room.requests)
    add('series', `${name}/`, room.series)
  }
  return versions
}

/**
 * 16 hex digits that change whenever an entry is added, removed or gets another version. FNV-1a, 64 bits: it detects
 * differences between deployments and protects nothing.
 */
export function fingerprint(contract: Contract): string {
  const text = Object.entries(entryVersions(contract))
    .map(([entry, version]) => `${entry}@${version}`)
    .sort()
    .join('\n')
  let hash = 0xcbf29ce484222325n
  const input = `${contract.namespace}\n${text}` // ASCII: names hold nothing else
  for (let index = 0; index < input.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(input.charCodeAt(index))) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
