import type { Cancel } from '@millrace/contract'
import type { StoreContext } from '@millrace/server'
import type { Commands } from './commands.ts'
import type { KeyNames } from './key-names.ts'
import { renewLease } from './lua/lease-scripts.ts'

/** In Redis's time, since a paused node's clock stands still or jumps. */
const leaseMs = 9_000
const renewMs = 3_000

/**
 * One incarnation of this node after the other. A lease that lapsed (the node was paused, or cut off from Redis) is never
 * renewed: the others may have reaped what it left, so the node goes on under another name.
 */
export class NodeLease {
  readonly #commands: Commands
  readonly #names: KeyNames
  readonly #context: StoreContext
  readonly #onLapsed: (() => Promise<void>)[] = []
  #onDoubt: () => void = () => undefined
  #node = ''
  /** Monotonic. Counted from before it was asked for, so that it never holds here and has lapsed in Redis. */
  #heldUntilMs = -Infinity
  /** What belonged to the incarnation before was not yet taken over. */
  #isNew = false
  #cancel: Cancel | undefined
  #renewing: Promise<void> | undefined
  #isClosed = false

  constructor(commands: Commands, names: KeyNames, context: StoreContext) {
    this.#commands = commands
    this.#names = names
    this.#context = context
  }

  /** The name of this incarnation. */
  get node(): string {
    return this.#node
  }

  /** False: others may have taken this node for dead. */
  isHeld(nowMs: number): boolean {
    return nowMs < this.#heldUntilMs
  }

  async open(): Promise<void> {
    await this.#begin()
    this.#later()
  }

  /** `run` is called under the next name, and again until it succeeds. */
  onLapsed(run: () => Promise<void>): void {
    this.#onLapsed.push(run)
  }

  /** `run` is called where the lease has lapsed, as far as is known, before anything is done about it. */
  onDoubt(run: () => void): void {
    this.#onDoubt = run
  }

  async isAlive(node: string): Promise<boolean> {
    const key = this.#names.node(node, 'lease')
    return (await this.#commands.call('exists', [key], 'read')) === 1
  }

  /** Renews, or begins another incarnation. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = undefined))
    return this.#renewing
  }

  /** What this node left running or present is given up at once. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#cancel?.()
    const key = this.#names.node(this.#node, 'lease')
    await this.#commands.call('del', [key], 'repeatable')
  }

  /** Holds once more for its whole time and is not renewed again: until then other nodes may take over what it entered. */
  async lapse(): Promise<void> {
    this.#isClosed = true
    this.#cancel?.()
    const key = this.#names.node(this.#node, 'lease')
    await this.#commands.run(renewLease, [key], [String(leaseMs)], 'repeatable')
  }

  async #renew(): Promise<void> {
    const key = this.#names.node(this.#node, 'lease')
    const nowMs = this.#context.clock.monotonic()
    if (!this.isHeld(nowMs)) this.#onDoubt()
    const isHeld = (await this.#commands.run(renewLease, [key], [String(leaseMs)], 'repeatable')) === 1
    if (isHeld) {
      this.#heldUntilMs = nowMs + leaseMs
      // It is there already, but where Redis lost it; one that is out of memory takes nothing, and holds no renewal up.
      this.#register().catch(this.#context.onError)
    } else {
      this.#heldUntilMs = -Infinity
      if (this.#isClosed) return
      this.#onDoubt()
      this.#isNew = true
      await this.#begin()
    }
    if (this.#isNew) await this.#takeOver()
  }

  /** What cannot be taken over now is tried again at the next renewal; nothing else waits for it. */
  async #takeOver(): Promise<void> {
    try {
      for (const run of this.#onLapsed) await run()
      this.#isNew = false
    } catch (error) {
      this.#context.onError(error)
    }
  }

  async #begin(): Promise<void> {
    this.#node = this.#context.random.id()
    const key = this.#names.node(this.#node, 'lease')
    const nowMs = this.#context.clock.monotonic()
    // Before the register: a registered name without a lease is a dead one, which the others take off again.
    await this.#commands.call('set', [key, '1', 'PX', String(leaseMs)], 'repeatable')
    this.#heldUntilMs = nowMs + leaseMs
    await this.#register()
  }

  async #register(): Promise<void> {
    await this.#commands.call('sadd', [this.#names.nodes(), this.#node], 'repeatable')
  }

  #later(): void {
    if (!this.#isClosed) this.#cancel = this.#context.clock.after(renewMs, () => void this.#run())
  }

  async #run(): Promise<void> {
    if (!this.#isClosed) await this.renew().catch(this.#context.onError)
    this.#later()
  }
}
