import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, hostname, totalmem } from 'node:os'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { ServerCounters } from '@millrace/server'
import { parseNetDev, type NetBytes } from './parse-net-dev.ts'
import type { Reading } from './reading.ts'

/** How often the event loop is looked at, ms: what it is late by includes that. */
const resolutionMs = 10

/** What a container, or else the machine, has, bytes. */
export function totalMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}

export function coreCount(): number {
  return availableParallelism()
}

/** A name of at most 40 characters that can stand in the name of a node. */
export function hostName(): string {
  return (
    hostname()
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, 40) || 'node'
  )
}

export class MachineReader {
  readonly #counters: () => ServerCounters
  readonly #loopDelay = monitorEventLoopDelay({ resolution: resolutionMs })

  constructor(counters: () => ServerCounters) {
    this.#counters = counters
    this.#loopDelay.enable()
  }

  /** The delay of the event loop is that since the last reading. */
  async read(): Promise<Reading> {
    const net = await readNet()
    const { user, system } = process.cpuUsage()
    const reading = {
      monotonicMs: performance.now(),
      cpu: readCpu(),
      processCpuMs: (user + system) / 1_000,
      memoryBytes: totalMemory() - freeMemory(),
      // It cannot tell before it has looked once.
      loopDelayMs: Math.max(0, this.#loopDelay.percentile(99) / 1e6 - resolutionMs),
      net,
      counters: this.#counters(),
    }
    this.#loopDelay.reset()
    return reading
  }

  close(): void {
    this.#loopDelay.disable()
  }
}

function freeMemory(): number {
  const total = totalMemory()
  return Math.min(total, total < totalmem() ? process.availableMemory() : freemem())
}

function readCpu(): Reading['cpu'] {
  const cores = cpus()
  if (cores.length === 0) return undefined
  let [busyMs, totalMs] = [0, 0]
  for (const { times } of cores) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq
    busyMs += all - times.idle
    totalMs += all
  }
  return { busyMs, totalMs }
}

async function readNet(): Promise<NetBytes | undefined> {
  try {
    return parseNetDev(await readFile('/proc/net/dev', 'utf8'))
  } catch {
    return undefined // Only Linux has it.
  }
}
