import { execFileSync } from 'node:child_process'

/** The core of the servers and that of the load; undefined where processes cannot be pinned. */
export interface Pinning {
  readonly server: number
  readonly load: number
}

/** The cores, or one sentence on why there are none. */
export type PinningChoice = { readonly pinning: Pinning } | { readonly unpinned: string }

/** Looks which cores this process may use, by `taskset` of util-linux. */
export function choosePinning(): PinningChoice {
  let answer: string
  try {
    answer = execFileSync('taskset', ['-cp', String(process.pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return { unpinned: 'not pinned: taskset is missing; install util-linux for steadier numbers' }
  }
  const [server, load] = coresOf(answer)
  if (server === undefined || load === undefined)
    return { unpinned: 'not pinned: there is one core only, so servers and load disturb each other; take two' }
  return { pinning: { server, load } }
}

/** Reads `pid 1's current affinity list: 0,2-4`. */
export function coresOf(answer: string): number[] {
  const list = answer.slice(answer.lastIndexOf(':') + 1).trim()
  return list.split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
