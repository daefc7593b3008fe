import { moveClients } from './drain-moves.ts'
import type { Node } from './node.ts'
import { pause, within } from './within.ts'

export interface DrainOptions {
  /** How long a load balancer may take to notice that the node is not ready, ms. Default 5,000; 0: none is asked. */
  readonly loadBalancerWaitMs?: number
  /** Over how long clients are moved, ms. Default 5 for each, at most 20,000; 0: all at once. */
  readonly overMs?: number
  /** For how long the answers that a client waits for hold up its move, and handlers the end, ms. Default 5,000. */
  readonly answerWaitMs?: number
}

/** What a drain asks of the node's HTTP server; nothing, where that is the application's own. */
export interface DrainedListener {
  /** Makes proxies and clients open their next connection elsewhere. */
  keepNoneAlive(): void
  /** Takes no more connections, and resolves when those that are there have ended. */
  endListening(): Promise<void>
}

/**
 * Moves the clients off a node that says already that it is not ready.
 *
 * @param signal Ends it at once.
 */
export async function drain(
  node: Node,
  options: DrainOptions,
  listener: DrainedListener | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { clock, connections, handling } = node
  const { loadBalancerWaitMs = 5_000, answerWaitMs = 5_000, overMs } = options
  await pause(clock, loadBalancerWaitMs, signal)
  connections.refuse()
  listener?.keepNoneAlive()
  await moveClients(node, { overMs, answerWaitMs }, signal)
  // Long-polling clients fetch their last packets with requests of their own.
  await within(clock, connections.whenEmpty(), answerWaitMs, signal)
  await within(clock, Promise.all([handling.whenIdle(), listener?.endListening()]), answerWaitMs, signal)
}
