import { fail, type WireAnswer } from '@millrace/contract'
import type { Maybe } from '../maybe.ts'
import type { Node } from '../node.ts'
import { refusal } from './answers.ts'

/** How often a run on another node is looked at. */
const pollMs = 100
/** How long a duplicate waits for it. */
const maxWaitMs = 30_000

/**
 * Claims `key` in the store before `run`, and remembers the answer, so that a retry gets the same answer without a second
 * run. A refusal that says nothing happened gives the key back.
 */
export function runOnce(node: Node, key: string, digest: string, run: () => Maybe<WireAnswer>): Promise<WireAnswer> {
  const { running } = node
  const first = running.get(key)
  if (first) return first
  const answer = claimAndRun(node, key, digest, run)
    .catch((error: unknown) => refusal(error, node.report))
    .finally(() => running.delete(key))
  running.set(key, answer)
  return answer
}

async function claimAndRun(node: Node, key: string, digest: string, run: () => Maybe<WireAnswer>): Promise<WireAnswer> {
  const deadline = node.clock.monotonic() + maxWaitMs
  for (;;) {
    const claim = await node.store.claims.claim(key, digest)
    if (claim.state === 'settled') return JSON.parse(claim.answer) as WireAnswer
    if (claim.state === 'mismatch') throw fail('INVALID_INPUT', 'this key was used with another input; use a new key')
    if (claim.state === 'lost')
      throw fail('OUTCOME_UNKNOWN', 'this request was begun by a process that died; look whether it took effect')
    if (claim.state === 'claimed') return settle(node, key, await run())
    if (node.clock.monotonic() >= deadline) throw fail('OUTCOME_UNKNOWN', 'the first attempt is still running')
    await new Promise<void>((resolve) => void node.clock.after(pollMs, resolve))
  }
}

async function settle(node: Node, key: string, answer: WireAnswer): Promise<WireAnswer> {
  const mayRunAgain =
    !answer.ok &&
    (answer.error.code === 'UNAVAILABLE' || answer.error.code === 'OVERLOADED' || answer.error.code === 'RATE_LIMITED')
  if (mayRunAgain) await node.store.claims.release(key)
  else await node.store.claims.settle(key, JSON.stringify(answer))
  return answer
}
