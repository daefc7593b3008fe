import type { ContenderName } from '../contenders/contender.ts'
import type { Address } from '../server/calls.ts'
import type { PublishRun } from './publish-run.ts'
import type { Report } from './report.ts'

interface Target {
  readonly contender: ContenderName
}

/** What the load process answers. */
export type LoadCalls = {
  /** Names the server of a contender; an earlier one is forgotten. */
  readonly open: { readonly input: Target & { readonly address: Address }; readonly output: void }
  /** Connects `count` more clients, to the published room or each to a room of its own. */
  readonly connect: {
    readonly input: Target & { readonly count: number; readonly rooms: 'shared' | 'own' }
    readonly output: Report
  }
  readonly publish: { readonly input: Target & PublishRun; readonly output: Report }
  readonly request: { readonly input: Target & { readonly operations: number }; readonly output: Report }
  /** Disconnects all clients of a contender. */
  readonly disconnect: { readonly input: Target; readonly output: void }
  /** Fails unless every client received every publish once. */
  readonly check: { readonly input: Target; readonly output: void }
}
