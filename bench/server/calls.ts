import type { ChartFill } from './fill-charts.ts'
import type { Streamed, StreamRun } from './stream.ts'

/** Where a server under test listens. */
export interface Address {
  readonly port: number
  /** A plain TCP port: each byte asks for so many publishes in one tick. */
  readonly controlPort: number
  /** A plain TCP port: each byte names the room of one publish. Only servers with rooms by number have one. */
  readonly roomControlPort?: number
}

/** What a process under test tells of itself. */
export type ProcessCalls = {
  /** User and system time of the whole process so far, collector threads included, microseconds. */
  readonly cpuMicros: { readonly input: undefined; readonly output: number }
  readonly collectGarbage: { readonly input: undefined; readonly output: void }
  /** Resident bytes now. */
  readonly rssBytes: { readonly input: undefined; readonly output: number }
  /** Resident bytes once collecting garbage gains nothing any more. */
  readonly settledRssBytes: { readonly input: undefined; readonly output: number }
  readonly startProfile: { readonly input: undefined; readonly output: void }
  /** Writes the profile since `startProfile` to a file of that name. */
  readonly stopProfile: { readonly input: string; readonly output: void }
}

/** What a node of a cluster and a server answer alike. */
export type ListeningCalls = ProcessCalls & {
  readonly address: { readonly input: undefined; readonly output: Address }
}

/** What a server process answers. */
export type ServerCalls = ListeningCalls & {
  /** Publishes by itself, and answers when it has handed everything over. */
  readonly stream: { readonly input: StreamRun; readonly output: Streamed }
  /** Stores a day of numbers. */
  readonly fillCharts: { readonly input: ChartFill; readonly output: void }
  /** Bytes per connection that wait in this process, largest first. */
  readonly bufferedBytes: { readonly input: undefined; readonly output: readonly number[] }
}
