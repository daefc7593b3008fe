import type { Clock, Contract, Random } from '@millrace/contract'
import { defaultLimits, type Limits } from './limits.ts'
import type { StoreProvider } from './ports/store.ts'
import { Publisher } from './publisher/publisher.ts'
import { createReport } from './report.ts'
import { systemClock } from './system-clock.ts'
import { systemRandom } from './system-random.ts'
import { warn } from './system-warn.ts'

export interface PublisherOptions<C extends Contract> {
  /** What it may publish to. Limits of histories and schemas come from here; handlers are not needed. */
  readonly contracts: readonly C[]
  /**
   * That of the servers: `redis({ url })`, or, in their own process, the same value of `memory()` or `sqlite({ file })`. A SQLite file
   * belongs to one process.
   */
  readonly store: StoreProvider
  /** Those of payloads count. Give the servers' where those are not the defaults. */
  readonly limits?: Partial<Limits>
  /** Faults that no caller waits for. Default: a process warning. What it throws is dropped. */
  readonly onError?: (error: unknown) => void
  /** Replaced in tests. */
  readonly clock?: Clock
  readonly random?: Random
}

/**
 * Publishes from a process that serves nobody: a worker, a script, another service.
 *
 * @returns Close it, so that the process can end.
 * @throws Error of one sentence where the store cannot be opened, or two contracts have one namespace.
 */
export async function createPublisher<const C extends Contract>(options: PublisherOptions<C>): Promise<Publisher<C>> {
  const { contracts, onError = warn, clock = systemClock, random = systemRandom } = options
  const namespaces = new Set<string>()
  for (const { namespace } of contracts) {
    if (namespaces.has(namespace)) throw new Error(`two contracts say ${namespace}; give each a namespace of its own`)
    namespaces.add(namespace)
  }
  const report = createReport(onError)
  const store = await options.store.open({ clock, random, onError: report })
  const limits = { ...defaultLimits, ...options.limits }
  return new Publisher({ id: random.id(), clock, limits, store, report }, contracts)
}
