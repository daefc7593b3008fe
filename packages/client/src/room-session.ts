import {
  fail,
  parseFrame,
  parseGap,
  splitVersionedName,
  wireNames,
  type MillraceError,
  type Parsed,
  type RoomEntry,
  type WireHello,
  type WireJoin,
  type WireKick,
  type WirePresence,
  type WireState,
} from '@millrace/contract'
import type { Host } from './host.ts'
import { Joining, type JoinAnswer, type JoinOptions } from './joining.ts'
import { Listeners } from './listeners.ts'
import { Membership } from './membership.ts'
import type { Joined } from './read-joined.ts'
import { RoomInbox } from './room-inbox.ts'
import { Serial } from './serial.ts'
import type { Lane } from './submit.ts'
import type { NamespaceSocket } from './transport.ts'
import { readWireError } from './wire-failure.ts'

export interface RoomAddress {
  readonly name: string
  readonly params: unknown
  readonly entry: RoomEntry
  /** `roomKey` of it; names its lane in the outbox. */
  readonly key: string
}

/** One room of one client: its membership, what it receives, and its lane in the outbox. */
export class RoomSession {
  readonly address: RoomAddress
  readonly lane: Lane
  readonly listeners: Listeners
  readonly inbox: RoomInbox
  /** What this client says of itself; goes with every join. */
  presenceState: unknown
  readonly #host: Host
  readonly #byHandle: Map<number, RoomSession>
  readonly #membership: Membership
  #socket: NamespaceSocket | undefined
  #maxPayloadBytes = 0
  #handle: number | undefined
  #joining: Joining | undefined
  #answer: Promise<JoinAnswer> | undefined

  /** @param byHandle The rooms that are in, for the namespace to dispatch by. */
  constructor(host: Host, address: RoomAddress, byHandle: Map<number, RoomSession>) {
    const { report } = host
    this.#host = host
    this.address = address
    this.#byHandle = byHandle
    this.lane = { name: address.key, serial: new Serial(report) }
    this.listeners = new Listeners(report)
    this.inbox = new RoomInbox(address.entry, {
      clock: host.clock,
      listeners: this.listeners,
      report,
      echoed: (key, name, data) => host.requests.echoed(address.key, key, splitVersionedName(name).name, data),
    })
    this.#membership = new Membership(host, {
      what: this.what,
      position: () => this.inbox.position,
      describe: () => this.#describe(),
      entered: (handle, joined) => this.#entered(handle, joined),
      exited: (handle) => this.#exited(handle),
      expelled: (error) => this.#expelled(error),
    })
  }

  get what(): string {
    return `room ${this.address.name}`
  }

  get isWanted(): boolean {
    return this.#membership.isWanted
  }

  /** The first call's answer, as long as the membership lasts. */
  join({ timeoutMs = this.#host.requestTimeoutMs, signal }: JoinOptions): Promise<JoinAnswer> {
    if (this.#answer) return this.#answer
    const unreachable = signal?.aborted ? fail('TIMEOUT', `${this.what} was not joined: the signal was aborted`) : this.#host.start()
    if (unreachable) return Promise.reject(unreachable)
    this.#joining = new Joining(this.#host.clock, this.what, timeoutMs, signal, () => void this.#part())
    this.#answer = this.#joining.promise
    this.#membership.want()
    return this.#answer
  }

  leave(): Promise<void> {
    const left = this.#part()
    this.#joining?.reject('DISCONNECTED', `${this.what} was left before it was joined`)
    return left
  }

  /** Sends without an acknowledgement, where the client is in the room. */
  emit(name: string, argument: object): void {
    if (this.#handle !== undefined) this.#socket?.emit(name, { room: this.#handle, ...argument })
  }

  opened(socket: NamespaceSocket, hello: WireHello): void {
    this.#socket = socket
    this.#maxPayloadBytes = hello.maxPayloadBytes
    this.#membership.opened(socket)
  }

  lost(): void {
    this.#socket = undefined
    this.#membership.lost()
    this.#host.requests.shut(this.lane.name)
    if (!this.isWanted) this.#host.requests.abandon('DISCONNECTED', 'belongs to a room that was left', this.lane.name)
  }

  /** The client gave up or closes: a join that waits will not be answered. Earlier ones stay wanted. */
  unreachable(error: MillraceError): void {
    if (!this.#joining) return
    const joining = this.#joining
    void this.#part()
    joining.refuse(error)
  }

  received(name: string, argument: unknown): void {
    switch (name) {
      case wireNames.frame: {
        const frame = parseFrame(argument)
        if (frame && this.inbox.frame(frame)) this.#membership.progressed()
        else this.#membership.broken('a frame')
        return
      }
      case wireNames.gap: {
        const gap = parseGap(argument)
        if (gap) this.inbox.gap(gap, gap.snapshot)
        else this.#membership.broken('a gap')
        return
      }
      case wireNames.state:
        return this.inbox.state.update(argument as WireState)
      case wireNames.presence:
        return this.inbox.presence.update(argument as WirePresence)
      case wireNames.kick:
        return this.#membership.kicked(readWireError((argument as WireKick).error, `the server removed this client from ${this.what}`))
    }
  }

  #part(): Promise<void> {
    const left = this.#membership.leave()
    this.#answer = undefined
    this.inbox.forget()
    this.#host.requests.abandonUnsent(this.lane.name, 'DISCONNECTED', 'belongs to a room that was left')
    return left
  }

  #describe(): WireJoin {
    const { name, params, entry } = this.address
    const state = this.inbox.position && this.inbox.state.position
    return {
      room: name,
      ...(entry.params ? { params } : {}),
      ...(entry.version === undefined || entry.version === 1 ? {} : { version: entry.version }),
      ...(state ? { state } : {}),
      ...(entry.presence ? { presence: this.presenceState } : {}),
    }
  }

  #entered(handle: number, joined: Joined): void {
    this.#handle = handle
    this.#byHandle.set(handle, this)
    this.inbox.begin(joined, (snapshot) => this.#begun(joined, snapshot))
    if (!this.#socket) return
    this.#host.requests.open(this.lane.name, { socket: this.#socket, maxPayloadBytes: this.#maxPayloadBytes, room: handle })
  }

  #begun({ recovered }: Joined, snapshot: Parsed<unknown>): void {
    const joining = this.#joining
    this.#joining = undefined
    if (!joining) return this.listeners.call('joined', { recovered, snapshot: snapshot.ok ? snapshot.value : undefined })
    if (snapshot.ok) return joining.resolve({ recovered, snapshot: snapshot.value })
    void this.#part()
    joining.refuse(fail('CONTRACT_MISMATCH', `the snapshot of ${this.what} does not fit; update the older side`, { cause: snapshot.error }))
  }

  #exited(handle: number): void {
    this.#handle = undefined
    if (this.#byHandle.get(handle) === this) this.#byHandle.delete(handle)
    this.#host.requests.pause(this.lane.name)
  }

  #expelled(error: MillraceError): void {
    const joining = this.#joining
    this.#joining = undefined
    this.#answer = undefined
    this.#host.requests.abandonUnsent(this.lane.name, 'DISCONNECTED', `belongs to ${this.what}, which refused this client,`)
    if (joining) joining.refuse(error)
    else this.inbox.end(() => this.listeners.call('kicked', error))
  }
}
