import type { ListeningCalls } from '../server/calls.ts'

/** What the process of a node answers. */
export type NodeCalls = ListeningCalls & {
  /** Clients that are connected now. */
  readonly connections: { readonly input: undefined; readonly output: number }
  /** Answers when the node hears what other nodes publish to the rooms of its members. */
  readonly settled: { readonly input: undefined; readonly output: void }
}
