import { keyWindowMs, type Claim, type RequestClaims } from '@millrace/server'
import { maxDepth, parseBounded } from './bounded-json.ts'
import { isWithinDepth } from './json-depth.ts'
import { claimKey, endClaim, removeClaim } from './lua/claim-scripts.ts'
import type { NodeLease } from './node-lease.ts'
import { bufferList } from './replies.ts'
import type { StoreParts } from './store-parts.ts'

/** Larger answers are given once and not kept for a retry. */
const maxAnswerBytes = 1_000_000

/** Claims belong to a node's lease: what a node without one left running is lost. */
export class RedisRequestClaims implements RequestClaims {
  readonly #parts: StoreParts
  readonly #lease: NodeLease

  constructor(parts: StoreParts, lease: NodeLease) {
    this.#parts = parts
    this.#lease = lease
  }

  async claim(key: string, digest: number): Promise<Claim> {
    this.#parts.opening.assertOpen()
    const { names, commands, random, skips } = this.#parts
    const args = [String(digest), this.#lease.node, random.id(), String(keyWindowMs)]
    const reply = await commands.run(claimKey, [names.claim(key)], args, 'repeatable')
    const [state, rest] = bufferList(reply, 1).map(String)
    if (state === 'claimed' || state === 'mismatch' || state === 'lost') return { state }
    const answer = rest ?? ''
    if (state === 'settled' && parseBounded(answer) !== undefined) return { state, answer }
    if (state === 'settled' || state === 'unreadable') {
      skips.add()
      return { state: 'lost' }
    }
    const claimant = rest ?? ''
    if (claimant === this.#lease.node || (await this.#lease.isAlive(claimant))) return { state: 'running' }
    // So that it stays lost, whatever its claimant does when it wakes up.
    await this.#end(key, claimant, 'lost', '')
    return { state: 'lost' }
  }

  async settle(key: string, answer: string): Promise<void> {
    this.#parts.opening.assertOpen()
    const isKept = Buffer.byteLength(answer) <= maxAnswerBytes && isWithinDepth(answer, maxDepth)
    await this.#end(key, this.#lease.node, isKept ? 'settled' : 'lost', isKept ? answer : '')
  }

  async release(key: string): Promise<void> {
    await this.#remove(key, 'running')
  }

  async forget(key: string): Promise<void> {
    await this.#remove(key, 'settled')
  }

  async #end(key: string, claimant: string, state: 'settled' | 'lost', answer: string): Promise<void> {
    const { names, commands } = this.#parts
    await commands.run(endClaim, [names.claim(key)], [claimant, state, answer], 'repeatable')
  }

  async #remove(key: string, state: 'running' | 'settled'): Promise<void> {
    this.#parts.opening.assertOpen()
    const { names, commands } = this.#parts
    await commands.run(removeClaim, [names.claim(key)], [state, this.#lease.node], 'repeatable')
  }
}
