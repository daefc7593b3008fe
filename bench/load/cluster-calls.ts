import type { ClusterContenderName } from '../cluster/cluster-node.ts'
import type { Address } from '../server/calls.ts'
import type { Report } from './report.ts'
import type { RoomPublishRun } from './room-publish-run.ts'

interface Target {
  readonly contender: ClusterContenderName
}

/** What the load process of a cluster answers. Nodes are named by their place in `open`. */
export type ClusterLoadCalls = {
  /** Names the nodes of a contender. All publishing is asked of the first. */
  readonly open: { readonly input: Target & { readonly nodes: readonly Address[] }; readonly output: void }
  /** Connects `count` more clients of one room to a node. */
  readonly connect: {
    readonly input: Target & { readonly count: number; readonly room: number; readonly node: number }
    readonly output: void
  }
  readonly publish: { readonly input: Target & RoomPublishRun; readonly output: Report }
  /** Breaks the connections of all clients but the first. */
  readonly cut: { readonly input: Target; readonly output: void }
  /** Those who were cut off come back to a node, all at once, and get the `missed` events. */
  readonly recover: {
    readonly input: Target & { readonly node: number; readonly missed: number }
    readonly output: Report
  }
  /** Fails unless every client received every publish to its room once. */
  readonly check: { readonly input: Target; readonly output: void }
  readonly disconnect: { readonly input: Target; readonly output: void }
}
