import { fail, type Clock, type Contract, type MillraceError, type Random } from '@millrace/contract'
import { Listeners, type Listener, type Off } from '../listeners.ts'
import type { NamespaceCore } from '../namespace-core.ts'
import type { OutboxLimits } from '../outbox.ts'
import type { Room } from '../room.ts'
import { adoptFound } from './adopt-found.ts'
import { copyValue } from './copy-value.ts'
import { isWindowOver } from './decide-retry.ts'
import type { AnyJoin } from './hold-room.ts'
import { KeptLane, type LaneHost } from './kept-lane.ts'
import { KeptList } from './kept-list.ts'
import type { KeptRequest } from './kept-request.ts'
import { toStored, type Kept } from './kept.ts'
import { locateRequest } from './locate-request.ts'
import type { FoundRequest, OutboxStore } from './outbox-store.ts'
import { Shelf } from './shelf.ts'
import type { Stateful } from './when-state.ts'

export interface OutboxCoreOptions {
  readonly client: Stateful
  readonly namespace: NamespaceCore
  readonly store: OutboxStore
  readonly joins: Readonly<Record<string, AnyJoin>>
  readonly limits: OutboxLimits
  readonly onError: ((error: Error) => void) | undefined
  readonly clock: Clock
  readonly random: Random
}

/** One outbox; `Outbox` is the type that the application holds. */
export class OutboxCore {
  readonly #options: OutboxCoreOptions
  readonly #list: KeptList
  readonly #listeners: Listeners
  readonly #shelf: Shelf
  readonly #lanes = new Map<Room, KeptLane>()
  readonly #report: (thrown: unknown) => void
  /** Of the newest request, so that the order of the calls survives a clock that is set back. */
  #at = 0
  #seq = 0
  #isClosed = false

  constructor(options: OutboxCoreOptions) {
    const { clock, limits, namespace, onError, store } = options
    this.#options = options
    this.#report = (thrown) => {
      try {
        onError?.(thrown instanceof Error ? thrown : new Error(String(thrown)))
      } catch {
        // There is nobody left to tell.
      }
    }
    this.#list = new KeptList(limits)
    this.#listeners = new Listeners(this.#report)
    const events = { adopt: (found: readonly FoundRequest[]) => this.#adopt(found), fault: this.#report }
    this.#shelf = new Shelf(store, namespace.namespace, events, clock)
  }

  get contract(): Contract {
    return this.#options.namespace.contract
  }

  send(roomName: string, params: unknown, name: string, input: unknown): string {
    if (this.#isClosed) throw fail('DISCONNECTED', 'the outbox is closed; create another one')
    const { namespace, clock, random } = this.#options
    const located = locateRequest(namespace, roomName, params, name, input)
    if (!this.#list.hasSpaceFor(located.bytes))
      throw fail('OVERLOADED', `request ${name} was not kept: the outbox is full; wait for answers, or discard some`)
    this.#at = Math.max(this.#at, clock.now())
    this.#seq += 1
    const request = {
      key: random.id() + random.id(),
      room: roomName,
      params: copyValue(params),
      name,
      input: copyValue(input),
      at: this.#at,
      state: 'pending' as const,
      error: undefined,
    }
    const kept = { request, seq: this.#seq, firstSentAt: undefined, ...located }
    this.#list.add(kept)
    void this.#shelf.put(toStored(kept))
    this.#lane(kept.room).start()
    this.#changed()
    return request.key
  }

  requests(): readonly KeptRequest[] {
    return this.#list.requests
  }

  on(name: string, listener: Listener): Off {
    return this.#listeners.add(name, listener)
  }

  retry(key: string): void {
    const kept = this.#list.get(key)
    if (this.#isClosed || kept?.request.state !== 'failed') return
    const { firstSentAt } = kept
    const isOver = firstSentAt !== undefined && isWindowOver(firstSentAt, this.#options.clock.now())
    const request = { ...kept.request, state: 'pending' as const, error: undefined }
    void this.#save({ ...kept, request, firstSentAt: isOver ? undefined : firstSentAt })
    this.#lane(kept.room).start()
    this.#changed()
  }

  discard(key: string): void {
    const kept = this.#list.get(key)
    if (this.#isClosed || !kept) return
    this.#list.remove(key)
    this.#lane(kept.room).drop(key)
    void this.#shelf.remove(key)
    this.#changed()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return this.#shelf.settled()
    this.#isClosed = true
    for (const lane of this.#lanes.values()) lane.stop()
    return this.#shelf.close()
  }

  #lane(room: Room): KeptLane {
    const { client, clock, random, joins } = this.#options
    const host: LaneHost = {
      client,
      clock,
      random,
      report: this.#report,
      stored: () => this.#shelf.settled(),
      next: (of) => this.#list.next(of),
      note: (kept) => this.#list.replace(kept),
      save: (kept) => this.#save(kept),
      answered: (kept, answer) => this.#answered(kept, answer),
      failed: (kept, error) => this.#failed(kept, error),
    }
    const lane = this.#lanes.get(room) ?? new KeptLane(host, room, joins[room.session.address.name])
    this.#lanes.set(room, lane)
    return lane
  }

  #save(kept: Kept): Promise<void> {
    this.#list.replace(kept)
    return this.#shelf.put(toStored(kept))
  }

  async #answered({ request }: Kept, answer: unknown): Promise<void> {
    const { key, room, name } = request
    await this.#shelf.remove(key)
    if (this.#isClosed || !this.#list.get(key)) return
    this.#listeners.call('answered', { room, name, request, answer })
    this.#list.remove(key)
    this.#changed()
  }

  #failed(kept: Kept, error: MillraceError): void {
    void this.#save({ ...kept, request: { ...kept.request, state: 'failed', error } })
    this.#changed()
  }

  #changed(): void {
    this.#listeners.call('change')
  }

  #adopt(found: readonly FoundRequest[]): void {
    if (this.#isClosed) return
    const adopted = adoptFound(found, this.#options.namespace, this.#list, {
      report: this.#report,
      drop: (key) => void this.#shelf.remove(key),
    })
    for (const { request, seq } of adopted) {
      this.#at = Math.max(this.#at, request.at)
      this.#seq = Math.max(this.#seq, seq)
    }
    for (const { room } of adopted) this.#lane(room).start()
    if (adopted.length > 0) this.#changed()
  }
}
