import { readFileSync } from 'node:fs'

/** What the kernel holds for the TCP connections with such an end on 127.0.0.1: written and not yet taken, or come and not yet read. */
export function queuedBytes({ local, remote }: { readonly local?: number; readonly remote?: number }): number {
  const rows = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)
  const portOf = (end = '') => parseInt(end.split(':')[1] ?? '', 16)
  const connections = rows.map((row) => row.trim().split(/\s+/))
  return connections
    .filter(([, from, to]) => portOf(from) === local || portOf(to) === remote)
    .flatMap((fields) => fields[4]?.split(':') ?? [])
    .reduce((sum, bytes) => sum + parseInt(bytes, 16), 0)
}
