import type { ClusterRecord, ClusterRecordOf, ClusterRecordType } from './cluster-record.ts'
import { backToBaseline } from './back-to-baseline.ts'
import { nobodyDeaf } from './nobody-deaf.ts'
import { presenceInTime } from './presence-in-time.ts'
import { processesLive } from './processes-live.ts'
import { revokedInTime } from './revoked-in-time.ts'

/** What a violation breaks; `docs/spec/oracle.md` says each in a sentence. */
export type ClusterRule = 'alive' | 'hearing' | 'baseline' | 'presence' | 'revoked'

export interface ClusterViolation {
  readonly rule: ClusterRule
  readonly message: string
  /** The records that contradict each other. */
  readonly records: readonly ClusterRecord[]
}

export interface ClusterVerdict {
  readonly violations: readonly ClusterViolation[]
  /** How much was judged, by type of record. */
  readonly counts: Readonly<Partial<Record<ClusterRecordType, number>>>
}

/** Looks at records in ascending order of time, the last of which is the end of the run. */
type ClusterCheck = (run: ClusterRun) => Iterable<ClusterViolation>

export interface ClusterRun {
  readonly endsAt: number
  of<T extends ClusterRecordType>(type: T): readonly ClusterRecordOf<T>[]
}

const checks: readonly ClusterCheck[] = [processesLive, nobodyDeaf, backToBaseline, presenceInTime, revokedInTime]

/** Holds what was seen of processes, presence and connections against the promises; `judge` looks at the rooms. */
export function judgeCluster(records: readonly ClusterRecord[]): ClusterVerdict {
  const sorted = records.toSorted((a, b) => a.at - b.at)
  const run: ClusterRun = {
    endsAt: sorted.at(-1)?.at ?? 0,
    of: <T extends ClusterRecordType>(type: T) =>
      sorted.filter((record): record is ClusterRecordOf<T> => record.type === type),
  }
  const counts: Partial<Record<ClusterRecordType, number>> = {}
  for (const { type } of records) counts[type] = (counts[type] ?? 0) + 1
  return { violations: checks.flatMap((check) => [...check(run)]), counts }
}
