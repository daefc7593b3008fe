import type { Cancel } from '@millrace/contract'
import type { BusMessage } from '../ports/bus.ts'
import { type Store, type StoreContext, type StoreProvider } from '../ports/store.ts'
import { BlobData } from './blob-data.ts'
import { ClaimData } from './claim-data.ts'
import { Fanouts } from './fanouts.ts'
import { Lapses } from './lapses.ts'
import { LogData } from './log-data.ts'
import { MemoryBlobs } from './memory-blobs.ts'
import { MemoryBus } from './memory-bus.ts'
import { MemoryEventLog } from './memory-event-log.ts'
import { MemoryKeyedState } from './memory-keyed-state.ts'
import { MemoryPresence, PresenceData } from './memory-presence.ts'
import { MemoryRequestClaims } from './memory-request-claims.ts'
import { MemoryRevocations, RevocationData } from './memory-revocations.ts'
import { MemorySingletons, SingletonData } from './memory-singletons.ts'
import { MemoryTimeSeries } from './memory-time-series.ts'
import { Opening, type Surroundings } from './opening.ts'
import { SeriesData } from './series-data.ts'
import { StateData } from './state-data.ts'

export interface MemoryOptions {
  /** Rooms that are remembered, those with a log, with keyed state and with kept bytes each, and series. More are `OVERLOADED`. Default 1,000,000. */
  readonly maxRooms?: number
  /** Keys of appends, and keys of requests, in 5 minutes. More are `OVERLOADED`. Default 1,000,000. */
  readonly maxKeys?: number
  /** Bytes of all remembered answers to requests; above it the oldest are dropped. Default 64,000,000. */
  readonly maxAnswerBytes?: number
  /** Versions of a room's keyed state from which a returning client gets changes only. Default 1,000. */
  readonly maxStateChanges?: number
}

/** How often rooms that nobody publishes to are trimmed by age, ms. */
const sweepMs = 10 * 60_000

interface Shared {
  readonly surroundings: Surroundings
  readonly log: LogData
  readonly state: StateData
  readonly blobs: BlobData
  readonly series: SeriesData
  readonly presence: PresenceData
  readonly subjects: Fanouts<BusMessage>
  readonly claims: ClaimData
  readonly revocations: RevocationData
  readonly singletons: SingletonData
}

/**
 * A store in the memory of this process. The data lives as long as the value that this returns: servers that open the
 * same value form a cluster, and a server that opens it again finds what it left.
 */
export function memory(options: MemoryOptions = {}): StoreProvider {
  const openings = new Set<Opening>()
  const lapses = new Lapses()
  let shared: Shared | undefined
  let cancelSweep: Cancel | undefined

  const sweepLater = ({ surroundings, log, state, series }: Shared): void => {
    cancelSweep = surroundings.clock.after(sweepMs, () => {
      log.sweep()
      state.sweep()
      series.sweep()
      if (shared) sweepLater(shared)
    })
  }

  const open = ({ clock, random, onError }: StoreContext): Store => {
    shared ??= createShared({ clock, random }, options)
    if (openings.size === 0) {
      Object.assign(shared.surroundings, { clock, random })
      sweepLater(shared)
    }
    const opening = new Opening(onError)
    openings.add(opening)
    const presence = new MemoryPresence(shared.presence, opening)
    return {
      log: new MemoryEventLog(shared.log, opening),
      state: new MemoryKeyedState(shared.state, opening),
      blobs: new MemoryBlobs(shared.blobs, opening),
      series: new MemoryTimeSeries(shared.series, opening),
      presence,
      bus: new MemoryBus(shared.subjects, opening),
      claims: new MemoryRequestClaims(shared.claims, opening),
      revocations: new MemoryRevocations(shared.revocations, opening),
      singletons: new MemorySingletons(shared.singletons, opening),
      isReady: () => opening.isOpen,
      close: async (how) => {
        if (!opening.isOpen) return
        opening.close()
        openings.delete(opening)
        if (how?.isDrained) lapses.later(clock, () => presence.removeOwn())
        else presence.removeOwn()
        if (openings.size > 0) return
        lapses.endAll()
        cancelSweep?.()
      },
    }
  }
  return { open: async (context) => open(context) }
}

function createShared(surroundings: Surroundings, options: MemoryOptions): Shared {
  const { maxRooms = 1_000_000, maxKeys = 1_000_000, maxAnswerBytes = 64_000_000, maxStateChanges = 1_000 } = options
  return {
    surroundings,
    log: new LogData(surroundings, { maxRooms, maxKeys }),
    state: new StateData(surroundings, { maxRooms, maxChanges: maxStateChanges }),
    blobs: new BlobData(surroundings, maxRooms),
    series: new SeriesData(surroundings, maxRooms),
    presence: new PresenceData(),
    subjects: new Fanouts(),
    claims: new ClaimData(surroundings, { maxKeys, maxAnswerBytes }),
    revocations: new RevocationData(surroundings),
    singletons: new SingletonData(surroundings),
  }
}
