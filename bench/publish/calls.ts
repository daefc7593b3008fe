import type { Report } from '../load/report.ts'
import type { ProcessCalls } from '../server/calls.ts'

/** What the process of a publisher answers. */
export type PublisherCalls = ProcessCalls & {
  /** Opens the connections. */
  readonly open: { readonly input: { readonly connections: number }; readonly output: void }
  /** Each connection publishes and waits for the answer, over and over, until `operations` are done. */
  readonly publish: { readonly input: { readonly operations: number }; readonly output: Report }
}
