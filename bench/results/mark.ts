import type { Row } from '../row.ts'

/** What a result must not exceed. */
export interface Mark {
  /** In words, for readers of the results. */
  readonly what: string
  readonly scenario: string
  /** The case's name, or how it begins. */
  readonly case: string
  readonly metric: string
  /** Of the ratio to the baseline, of the middle or of the largest round. */
  readonly of: 'ratio' | 'median' | 'max'
  readonly most: number
}

const cpu = (operation: string): Pick<Mark, 'metric' | 'of'> => ({ metric: `cpuMicrosPer${operation}`, of: 'ratio' })
const oneAtATime = { scenario: 'collab', case: '20 authors, one update each at a time' } as const
const paced = { scenario: 'collab', case: '20 authors, 10 updates/s each' } as const
const lateness = { metric: 'latencyP99Micros', of: 'ratio', most: 1 } as const
const stalled = { scenario: 'slow-reader', case: '100 of 1000 stalled' } as const

/** What Millrace promises. */
export const marks: readonly Mark[] = [
  { what: 'fan-out to 100, one at a time', scenario: 'fan-out', case: '100 members', ...cpu('Delivery'), most: 0.8 },
  { what: 'fan-out to 1,000, one at a time', scenario: 'fan-out', case: '1000 members', ...cpu('Delivery'), most: 0.8 },
  { what: 'burst of 20 in a tick', scenario: 'burst', case: '20 in a tick', ...cpu('Delivery'), most: 0.1 },
  { what: '2,000 clients in 200 rooms', scenario: 'small-rooms', case: '2000 clients', ...cpu('Publish'), most: 0.8 },
  { what: '5,000 updates/s to 100, all delivered', scenario: 'stream', case: '5000/s', ...cpu('Update'), most: 0.05 },
  { what: 'the newest per key, 60 times a second', scenario: 'latest', case: '5000/s', ...cpu('Update'), most: 0.04 },
  { what: 'request, 500 clients', scenario: 'request', case: '500 clients', ...cpu('Operation'), most: 1.1 },
  {
    what: 'idle connections, each in one room',
    scenario: 'idle',
    case: '10000 in one room',
    metric: 'rssBytesPerConnection',
    of: 'ratio',
    most: 0.95,
  },
  { what: 'receiving node, one big room', scenario: 'cross-node', case: '200 members', ...cpu('Publish'), most: 0.85 },
  {
    what: 'bytes in the process per stalled reader',
    ...stalled,
    metric: 'bufferedBytesPerStalledReader',
    of: 'max',
    most: 65_536,
  },
  {
    what: 'server time of one view of 200 series',
    scenario: 'series',
    case: '200 series, ',
    metric: 'cpuMicrosPerView',
    of: 'median',
    most: 100_000,
  },
  { what: 'a document of 20 authors, one update each at a time', ...oneAtATime, ...cpu('Update'), most: 0.7 },
  { what: 'a document of 20 authors, 10 updates/s each', ...paced, ...cpu('Update'), most: 0.85 },
  { what: 'p99 of a document, one update each at a time', ...oneAtATime, ...lateness },
  { what: 'p99 of a document, 10 updates/s each', ...paced, ...lateness },
  {
    what: 'server time to open a document of 250,000 edits',
    scenario: 'collab-open',
    case: '250000 edits',
    metric: 'cpuMicrosPerOpen',
    of: 'median',
    most: 300_000,
  },
  { what: 'p99 of the others while 100 stall', ...stalled, metric: 'latencyP99Micros', of: 'ratio', most: 1.5 },
]

export interface Judged {
  readonly mark: Mark
  readonly row: Row
  readonly value: number
  readonly isMet: boolean
}

/** Every mark with each row of Millrace that it is about; marks of what was not played are left out. */
export function judge(rows: readonly Row[], against: readonly Mark[] = marks): Judged[] {
  return against.flatMap((mark) =>
    rows.flatMap((row) => {
      if (row.contender !== 'millrace' || row.scenario !== mark.scenario || row.metric !== mark.metric) return []
      if (!row.case.startsWith(mark.case)) return []
      const value = row[mark.of] ?? NaN
      return [{ mark, row, value, isMet: value <= mark.most }]
    }),
  )
}
