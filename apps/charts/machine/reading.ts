import type { ServerCounters } from '@millrace/server'
import type { NetBytes } from './parse-net-dev.ts'

/** How a machine and its node were at one moment; counts rise from reading to reading. */
export interface Reading {
  /** Of a clock that only goes forward. */
  readonly monotonicMs: number
  /** Of all cores together, ms; undefined where the system does not tell. */
  readonly cpu: { readonly busyMs: number; readonly totalMs: number } | undefined
  readonly processCpuMs: number
  readonly memoryBytes: number
  readonly loopDelayMs: number
  readonly net: NetBytes | undefined
  readonly counters: ServerCounters
}

const rates = ['updatesIn', 'framesOut', 'bytesOut', 'conflated', 'shed'] as const

/** The values of one sample: what happened between two readings, per second. What cannot be told is left out. */
export function valuesBetween(before: Reading, after: Reading): Readonly<Record<string, number>> {
  const seconds = (after.monotonicMs - before.monotonicMs) / 1_000
  const perSecond = (was: number | undefined, is: number | undefined): number | undefined =>
    was === undefined || is === undefined || !(seconds > 0) || is < was ? undefined : (is - was) / seconds
  const values: Record<string, number | undefined> = {
    cpu: cpuShare(before.cpu, after.cpu),
    processCpu: perSecond(before.processCpuMs / 1_000, after.processCpuMs / 1_000),
    memory: after.memoryBytes,
    loopDelayMs: after.loopDelayMs,
    netInBytes: perSecond(before.net?.inBytes, after.net?.inBytes),
    netOutBytes: perSecond(before.net?.outBytes, after.net?.outBytes),
    connections: after.counters.connections,
    messages: perSecond(before.counters.requestsIn, after.counters.requestsIn),
  }
  for (const name of rates) values[name] = perSecond(before.counters[name], after.counters[name])
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
}

function cpuShare(before: Reading['cpu'], after: Reading['cpu']): number | undefined {
  if (before === undefined || after === undefined) return undefined
  const totalMs = after.totalMs - before.totalMs
  // Times of cores that were taken away or given go back.
  if (totalMs <= 0) return undefined
  return Math.min(1, Math.max(0, (after.busyMs - before.busyMs) / totalMs))
}
