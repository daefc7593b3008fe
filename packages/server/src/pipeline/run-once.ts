import { fail, type WireAnswer } from '@millrace/contract'
import { chain, isPromise, type Maybe } from '../maybe.ts'
import type { Node } from '../node.ts'
import type { Claim } from '../ports/request-claims.ts'
import { refusal } from './answers.ts'
import { isWireJson, keepAnswer, readKeptAnswer } from './kept-answer.ts'
import { keepJson } from './known-json.ts'

/** A keyed request as it is compared with its retries. */
export interface KeyedRequest {
  /** Scoped by room or namespace, request name and user. */
  readonly key: string
  /** `valueDigest` of the input. */
  readonly digest: number
}

/** A run under way on this node; a duplicate awaits it. */
export interface Run {
  readonly digest: number
  readonly answer: Promise<WireAnswer>
}

/** How often a run on another node is looked at. */
const pollMs = 100
/** How long a duplicate waits for it. */
const maxWaitMs = 30_000

/**
 * Claims the key in the store before `run`, and remembers the answer, so that a retry gets the same answer without a
 * second run. A refusal that says nothing happened gives the key back. Synchronous as long as store and handler are.
 *
 * @throws MillraceError `INVALID_INPUT` for a known key with another input, `OUTCOME_UNKNOWN`, or what the store rejects with.
 */
export function runOnce(node: Node, request: KeyedRequest, run: () => Maybe<WireAnswer>): Maybe<WireAnswer> {
  const { key, digest } = request
  const first = node.running.get(key)
  if (first) {
    if (first.digest !== digest) throw mismatch()
    return first.answer
  }
  const answer = chain(node.store.claims.claim(key, digest), (claim) => proceed(node, request, run, claim))
  if (!isPromise(answer)) return answer
  node.running.set(key, { digest, answer })
  return answer.finally(() => node.running.delete(key))
}

function proceed(
  node: Node,
  request: KeyedRequest,
  run: () => Maybe<WireAnswer>,
  claim: Claim,
  deadline?: number,
): Maybe<WireAnswer> {
  switch (claim.state) {
    case 'claimed':
      return chain(run(), (answer) => settle(node, request.key, answer))
    case 'settled':
      return readKeptAnswer(claim.answer)
    case 'mismatch':
      throw mismatch()
    case 'lost':
      throw fail('OUTCOME_UNKNOWN', 'this request was begun by a process that died; look whether it took effect')
    case 'running':
      return waitForRun(node, request, run, deadline)
  }
}

/** The first run is on another node: looks again until it is settled. */
async function waitForRun(
  node: Node,
  request: KeyedRequest,
  run: () => Maybe<WireAnswer>,
  deadline = node.clock.monotonic() + maxWaitMs,
): Promise<WireAnswer> {
  if (node.clock.monotonic() >= deadline) throw fail('OUTCOME_UNKNOWN', 'the first attempt is still running')
  await new Promise<void>((resolve) => void node.clock.after(pollMs, resolve))
  return proceed(node, request, run, await node.store.claims.claim(request.key, request.digest), deadline)
}

/** The handler ran, so its answer is given whether or not the store could keep it. */
function settle(node: Node, key: string, answer: WireAnswer): Maybe<WireAnswer> {
  let text: string
  try {
    text = keepAnswer(answer)
  } catch (error) {
    return settle(node, key, refusal(error, node.report)) // not JSON; a refusal is
  }
  if (isWireJson(text)) keepJson(answer, text)
  try {
    const kept = keep(node, key, answer, text)
    return isPromise(kept) ? kept.then(() => answer).catch((error: unknown) => unkept(node, answer, error)) : answer
  } catch (error) {
    return unkept(node, answer, error)
  }
}

function keep({ store }: Node, key: string, answer: WireAnswer, text: string): Maybe<void> {
  return saysNothingHappened(answer) ? store.claims.release(key) : store.claims.settle(key, text)
}

function unkept(node: Node, answer: WireAnswer, error: unknown): WireAnswer {
  node.report(error)
  return answer
}

function saysNothingHappened(answer: WireAnswer): boolean {
  return !answer.ok && ['UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED'].includes(answer.error.code)
}

function mismatch(): Error {
  return fail('INVALID_INPUT', 'this key was used with another input; use a new key')
}
