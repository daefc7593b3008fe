import { closeNode, drain, type DrainOptions } from '@millrace/server/core'
import type { Pair } from '@millrace/testing'

/** Drains a node of a pair, as `server.drain()` does behind its transport. Resolves when time has been let pass for it. */
export async function drainNode(pair: Pair, index: number, options: DrainOptions, signal?: AbortSignal): Promise<void> {
  const node = pair.node(index)
  await drain(node, options, undefined, signal ?? new AbortController().signal)
  await closeNode(node, { isDrained: true })
}
