import { fail, type Clock, type Contract, type ParamsInput, type RoomName, type RoomsOf } from '@millrace/contract'
import { emitToUser, sendKick } from '../connection/user-messages.ts'
import { createCounters } from '../counters.ts'
import type { TypedRoomHandle } from '../typed-handles.ts'
import type { Limits } from '../limits.ts'
import type { Bus } from '../ports/bus.ts'
import type { Store } from '../ports/store.ts'
import { addRevocation } from '../revocation/revocation-watch.ts'
import { SeriesAppends } from '../series/series-appends.ts'
import { findRoom } from '../room/find-room.ts'
import { RoomHandle, type Outlet } from '../room/room-handle.ts'
import type { UserHandle } from '../user-handle.ts'
import { PublishedContract } from './published-contract.ts'

export interface PublisherParts {
  readonly id: string
  readonly clock: Clock
  readonly limits: Limits
  readonly store: Store
  readonly report: (error: unknown) => void
}

/** Publishes without serving. Made by `createPublisher`. */
export class Publisher<C extends Contract = Contract> {
  readonly #store: Store
  readonly #outlet: Outlet
  readonly #contracts: ReadonlyMap<Contract, PublishedContract>
  #closed: Promise<void> | undefined

  constructor({ id, clock, limits, store, report }: PublisherParts, contracts: readonly C[]) {
    const { log, state, blobs, series } = store
    // The bus itself drops what a closed store is given.
    const bus: Pick<Bus, 'publish' | 'subscribe'> = {
      subscribe: async (subject, listener) => {
        this.#assertOpen()
        return store.bus.subscribe(subject, listener)
      },
      publish: (subject, message) => {
        this.#assertOpen()
        store.bus.publish(subject, message)
      },
    }
    this.#store = store
    this.#contracts = new Map(contracts.map((contract) => [contract, new PublishedContract(contract)]))
    this.#outlet = {
      id,
      clock,
      limits,
      counters: createCounters(),
      report,
      store: { log, state, blobs, bus },
      appends: new SeriesAppends(clock, series),
      rooms: { get: () => undefined },
      users: { kick: (room, target, message) => sendKick(bus, room, target, message) },
    }
  }

  /** One room. Its parameters are parsed; their schema must be synchronous here. */
  room<K extends C, N extends RoomName<K>>(
    contract: K,
    name: N,
    params: ParamsInput<RoomsOf<K>[N]>,
  ): TypedRoomHandle<RoomsOf<K>[N]> {
    const found = findRoom(contract, this.#published(contract).rooms, name, params)
    return new RoomHandle(this.#outlet, found.kind, found.params) as unknown as TypedRoomHandle<RoomsOf<K>[N]>
  }

  /** All connections of one user, on every node. */
  user<K extends C>(contract: K, userId: string): UserHandle<K> {
    const published = this.#published(contract)
    return { emit: (name, payload) => emitToUser(this.#outlet, published, userId, name, payload) }
  }

  /** As `server.revoke`. */
  async revoke(userId: string): Promise<void> {
    this.#assertOpen()
    await addRevocation(this.#store, userId)
  }

  /** Closes the store; the process can end. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#store.close()
    return this.#closed
  }

  #published(contract: Contract): PublishedContract {
    const published = this.#contracts.get(contract)
    if (published === undefined)
      throw new Error(`${contract.namespace} is not known here; give the contract to createPublisher({ contracts })`)
    return published
  }

  #assertOpen(): void {
    if (this.#closed) throw fail('UNAVAILABLE', 'this publisher is closed; create another one')
  }
}
