import { openSync, readSync } from 'node:fs'

let schedule: number | undefined
const read = Buffer.alloc(100)

/**
 * For how long the main thread of this process had a processor, ms. By the clock on the wall, other processes would count. Linux: the
 * first number of `schedstat`, in ns.
 */
export function busyMs(): number {
  schedule ??= openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  return Number(read.toString('latin1', 0, readSync(schedule, read, 0, read.length, 0)).split(' ')[0]) / 1e6
}
