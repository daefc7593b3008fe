import type { StoreContext } from '@millrace/server'
import { Channels } from './channels.ts'
import { DeliveryGate } from './delivery-gate.ts'
import type { Suspect } from './heard-tails.ts'
import { LiveRooms } from './live-rooms.ts'
import type { NodeLease } from './node-lease.ts'
import { RepairRounds } from './repair-rounds.ts'
import type { Shards } from './shards.ts'
import type { StoreParts } from './store-parts.ts'
import { Subscribers } from './subscribers.ts'
import { allowanceMs } from './subscription-health.ts'

export interface Comparable {
  suspects(): Promise<readonly Suspect[]>
}

/** All by which a node hears of the others: connections, channels, and the repair of what was missed. */
export class Hearing {
  readonly channels: Channels
  readonly live: LiveRooms
  readonly #parts: StoreParts
  readonly #context: StoreContext
  readonly #subscribers: Subscribers
  readonly #rounds: RepairRounds
  readonly #gate: DeliveryGate
  #compared: readonly Comparable[] = []
  #isClosed = false

  constructor(parts: StoreParts, lease: NodeLease, shards: Shards, context: StoreContext) {
    const { commands, names, settings, random } = parts
    const { clock, onError } = context
    this.#parts = parts
    this.#context = context
    this.#subscribers = new Subscribers({
      shards,
      names,
      random,
      clock,
      onError,
      timing: settings.health,
      waitMs: settings.commandTimeoutMs,
      receive: (channel, message, nowMs) => this.channels.receive(channel.toString(), message, nowMs),
      probe: (channel) => commands.sendOnce(channel, random.id()),
      onRenewed: () => void this.#rounds.run(),
    })
    this.channels = new Channels(this.#subscribers, commands, context)
    this.#rounds = new RepairRounds({
      clock,
      onError,
      compareMs: settings.health.compareMs,
      suspects: async () => (await Promise.all(this.#compared.map((port) => port.suspects()))).flat(),
      resubscribe: (room) => this.#subscribers.renew(names.live(room)),
    })
    this.#gate = new DeliveryGate({
      clock,
      onError,
      isHeld: (nowMs) => lease.isHeld(nowMs),
      repair: async () => {
        await lease.renew()
        await this.#rounds.run()
      },
      repairAgain: () => void this.#rounds.run(),
    })
    lease.onDoubt(() => this.#gate.shut())
    this.live = new LiveRooms(this.channels, parts, this.#gate)
  }

  /** What is compared from now on. */
  compare(compared: readonly Comparable[]): void {
    this.#compared = compared
  }

  /** Resolves once every connection delivers. @throws Error What one of them failed with. */
  async open(): Promise<void> {
    await this.#subscribers.open(this.#parts.settings.deadlineMs)
    await this.#rounds.run()
  }

  isReady(): boolean {
    const { commands, settings } = this.#parts
    return (
      commands.isAnswered(allowanceMs(settings.health)) &&
      this.#subscribers.isHealthy(this.#context.clock.monotonic()) &&
      this.#rounds.isRepaired &&
      !this.#gate.isShut
    )
  }

  /** Resolves when every channel has heard, and the node was told of, what was sent before this call; at once if closed. */
  async probe(): Promise<void> {
    if (this.#isClosed) return
    await this.channels.probe()
    await this.#gate.untilOpen()
  }

  close(): void {
    this.#isClosed = true
    this.#rounds.close()
    this.#gate.close()
    this.#subscribers.close()
  }
}
