import type { ContenderName } from '../contenders/contender.ts'
import type { Address } from '../server/calls.ts'
import type { ChartQuery } from './chart-view.ts'
import type { PublishRun } from './publish-run.ts'
import type { Report } from './report.ts'
import type { RoomPublishRun } from './room-publish-run.ts'
import type { CatchUp } from './stalled.ts'
import type { ViewReport } from './view-run.ts'
import type { StreamExpectation, StreamReport } from './stream-run.ts'

interface Target {
  readonly contender: ContenderName
}

/** What the load process answers. */
export type LoadCalls = {
  /** Names the server of a contender; an earlier one is forgotten. */
  readonly open: {
    /** Clients are numbered from `firstClient`, since no two may be the same user. */
    readonly input: Target & { readonly address: Address; readonly firstClient: number }
    readonly output: void
  }
  /** Connects `count` more clients to a room, or each to a room of its own. */
  readonly connect: {
    readonly input: Target & { readonly count: number; readonly rooms: 'shared' | 'own'; readonly room?: string }
    readonly output: Report
  }
  readonly publish: { readonly input: Target & PublishRun; readonly output: Report }
  /** Connects so many clients to each of so many rooms, which have numbers. */
  readonly connectRooms: {
    readonly input: Target & { readonly rooms: number; readonly members: number }
    readonly output: void
  }
  readonly publishRooms: { readonly input: Target & RoomPublishRun; readonly output: Report }
  readonly request: { readonly input: Target & { readonly operations: number }; readonly output: Report }
  /** Answers when the clients are ready for what the server is then asked to stream. */
  readonly expect: { readonly input: Target & StreamExpectation; readonly output: void }
  /** Answers when what was expected has come; after the stream's end where it may be lossy. */
  readonly received: { readonly input: Target; readonly output: StreamReport }
  /** Fails unless the newest value that every client in the room of quotes has of each key is the server's. */
  readonly checkNewest: {
    readonly input: Target & { readonly newest: Readonly<Record<string, number>> }
    readonly output: void
  }
  /** Every client asks for the same chart. Answers when all have it. */
  readonly view: { readonly input: Target & { readonly query: ChartQuery }; readonly output: ViewReport }
  /** They end the chart. */
  readonly unview: { readonly input: Target; readonly output: void }
  /** All clients stop reading from TCP. */
  readonly stall: { readonly input: Target; readonly output: void }
  /** They read again. Answers how many had to connect again, when all have everything. */
  readonly catchUp: { readonly input: Target & CatchUp; readonly output: number }
  /** Disconnects all clients of a contender. */
  readonly disconnect: { readonly input: Target; readonly output: void }
  /** Fails unless every client received every publish once. */
  readonly check: { readonly input: Target; readonly output: void }
}
