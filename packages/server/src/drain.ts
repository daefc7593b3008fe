import { moveClients } from './drain-moves.ts'
import type { Node } from './node.ts'
import { pause, within } from './within.ts'

export interface DrainOptions {
  /** How long a load balancer may take to notice that the node is not ready, ms. Default 5,000; 0: none is asked. */
  readonly loadBalancerWaitMs?: number
  /** Over how long clients are moved, ms. Default 10 for each, at most 20,000; 0: all at once. */
  readonly overMs?: number
  /** For how long the answers that a client waits for hold up its move, and handlers the end, ms. Default 5,000. */
  readonly answerWaitMs?: number
}

/** What a drain asks of the node's transport. An HTTP server of the application's own is left as it is. */
export interface DrainedTransport {
  /** Makes proxies open their next connection elsewhere. */
  keepNoneAlive(): void
  /** Takes nothing more, ends what is in no namespace, and resolves when HTTP requests are answered. */
  end(): Promise<void>
}

/**
 * Moves the clients off a node that says already that it is not ready.
 *
 * @param signal Ends it at once.
 */
export async function drain(
  node: Node,
  options: DrainOptions,
  transport: DrainedTransport | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { clock, connections, handling } = node
  const { loadBalancerWaitMs = 5_000, answerWaitMs = 5_000, overMs } = options
  await pause(clock, loadBalancerWaitMs, signal)
  connections.refuse()
  transport?.keepNoneAlive()
  await moveClients(node, { overMs, answerWaitMs }, signal)
  // Long-polling clients fetch their last packets with requests of their own.
  await within(clock, connections.whenEmpty(), answerWaitMs, signal)
  await within(clock, Promise.all([handling.whenIdle(), transport?.end()]), answerWaitMs, signal)
}
