import type { WireAnswer } from '@millrace/contract'
import { closeSlow, isOverBudget } from '../connection/backlog.ts'
import type { Peer } from '../connection/peer.ts'
import type { Node } from '../node.ts'

/**
 * Answers a client. While its connection is over its budget the answer waits, or a client that asks and never reads would fill
 * the memory; one for which as many answers wait as requests may is closed.
 */
export function giveAnswer(node: Node, peer: Peer, result: WireAnswer, answer: (result: WireAnswer) => void): void {
  if (peer.waitingAnswers === 0 && !isOverBudget(node, peer)) return answer(result)
  if (peer.waitingAnswers >= node.limits.maxPendingRequests) return closeSlow(node, peer)
  void giveLater(node, peer, result, answer)
}

async function giveLater(
  node: Node,
  peer: Peer,
  result: WireAnswer,
  answer: (result: WireAnswer) => void,
): Promise<void> {
  peer.waitingAnswers++
  peer.pendingRequests++
  try {
    while (!peer.isClosed && isOverBudget(node, peer)) if (!(await peer.backlog(node).taken())) return
    answer(result)
  } catch (error) {
    node.report(error)
  } finally {
    peer.waitingAnswers--
    peer.pendingRequests--
  }
}
