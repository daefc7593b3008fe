import {
  parseFrame,
  parseGap,
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
import { checkInput } from './check-input.ts'
import { misfit } from './faults.ts'
import type { Host } from './host.ts'
import { Listeners } from './listeners.ts'
import { Membership, type MembershipRoom } from './membership.ts'
import { readWireError, refuse, unwrap, type Outcome } from './outcome.ts'
import { bareName } from './parse-event.ts'
import type { Joined } from './read-joined.ts'
import { RoomInbox } from './room-inbox.ts'
import { Serial } from './serial.ts'
import type { Lane } from './submit.ts'
import type { NamespaceSocket } from './transport.ts'

export interface RoomAddress {
  readonly name: string
  readonly params: unknown
  readonly entry: RoomEntry
  /** `roomKey` of it; names its lane in the outbox. */
  readonly key: string
}

const cutOff = 'was cut off as the room was left'

/** One room of one client: its membership, what it receives, and its lane in the outbox. */
export class RoomSession implements MembershipRoom {
  readonly address: RoomAddress
  readonly what: string
  readonly lane: Lane
  /** Also called, under names that no contract can have: `!out` (left, or the connection is over), and names of the protocol that only a part knows which is loaded later. */
  readonly listeners: Listeners
  readonly inbox: RoomInbox
  /** What this client says of itself; goes with every join. */
  presenceState: unknown
  readonly #host: Host
  readonly #byHandle: Map<number, RoomSession>
  readonly #membership: Membership
  #link: { readonly socket: NamespaceSocket; readonly hello: WireHello } | undefined
  #handle: number | undefined
  #answer: Promise<unknown> | undefined
  /** Settles `#answer`. Unset once it is settled. */
  #settle: ((outcome: Outcome) => void) | undefined

  /** @param byHandle The rooms that are in, for the namespace to dispatch by. */
  constructor(host: Host, address: RoomAddress, byHandle: Map<number, RoomSession>) {
    const { report } = host
    const { key: lane, name } = address
    this.#host = host
    this.address = address
    this.what = `room ${name}`
    this.#byHandle = byHandle
    const absent = `this client is not in ${this.what}; call join() first`
    this.lane = { name: lane, serial: new Serial(report), fault: () => (this.isWanted ? host.start() : absent) }
    this.listeners = new Listeners(report)
    this.inbox = new RoomInbox(host, address.entry, this.listeners, (key, versioned, data) =>
      host.requests.echoed(lane, key, bareName(versioned), data),
    )
    this.#membership = new Membership(host, this)
  }

  get isWanted(): boolean {
    return this.#membership.isWanted
  }

  /** The first call's answer, as long as the membership lasts. */
  join(): Promise<unknown> {
    if (this.#answer) return this.#answer
    const answer = unwrap(new Promise<Outcome>((resolve) => (this.#settle = resolve)))
    this.#answer = answer
    const fault = this.#host.start()
    if (fault) this.unreachable(fault)
    else this.#membership.want()
    return answer
  }

  leave(why = 'was left'): Promise<void> {
    const left = this.#membership.leave()
    this.inbox.forget()
    this.listeners.call('!out')
    this.#end(refuse('DISCONNECTED', `${this.what} ${why}; call join() again`))
    return left
  }

  checkPresence(state: unknown): Parsed<unknown> | Promise<Parsed<unknown>> {
    const { presence } = this.address.entry
    return presence ? checkInput(presence.state, state, 'presence state') : { ok: true, value: undefined }
  }

  /** Sends without an acknowledgement, where the client is in the room. */
  emit(name: string, argument: object): void {
    if (this.#handle !== undefined) this.#link?.socket.emit(name, { room: this.#handle, ...argument })
  }

  opened(socket: NamespaceSocket, hello: WireHello): void {
    this.#link = { socket, hello }
    this.#membership.opened(socket)
  }

  lost(): void {
    this.#link = undefined
    this.#membership.lost()
    this.#host.requests.shut(this.lane.name)
    this.listeners.call('!out')
    if (!this.isWanted) this.#host.requests.abandon(cutOff, this.lane.name)
  }

  /** There will be no connection: a join that waits is not answered. Earlier ones stay wanted. */
  unreachable(why: string): void {
    if (this.#settle) void this.leave(`was not joined: ${why}`)
  }

  received(name: string, argument: unknown): void {
    switch (name) {
      case wireNames.frame: {
        const frame = parseFrame(argument)
        return this.#membership.continued(frame !== undefined && this.inbox.frame(frame))
      }
      case wireNames.gap: {
        const gap = parseGap(argument)
        if (gap) this.inbox.gap(gap, gap.snapshot)
        return this.#membership.continued(gap !== undefined)
      }
      case wireNames.state:
        return this.inbox.state.update(argument as WireState)
      case wireNames.presence:
        return this.inbox.presence.update(argument as WirePresence)
      case wireNames.kick:
        return this.#membership.expel(readWireError((argument as WireKick).error, `${this.what} removed this client`))
      default:
        return this.listeners.call(name, argument)
    }
  }

  #end(outcome: Outcome): void {
    this.#answer = undefined
    this.#settle?.(outcome)
    this.#settle = undefined
    this.#host.requests.abandonWaiting(cutOff, this.lane.name)
  }

  describe(): WireJoin {
    const { name, params, entry } = this.address
    const { position, left, state } = this.inbox
    // Members that are undefined do not travel.
    return {
      room: name,
      params: entry.params && params,
      version: entry.version,
      position,
      left: position ? undefined : left,
      state: position && state.position,
      presence: entry.presence && this.presenceState,
    } as WireJoin
  }

  entered(room: number, joined: Joined): void {
    if (!this.#link) return
    this.#handle = room
    this.#byHandle.set(room, this)
    this.inbox.begin(joined, (snapshot) => this.#begun(joined, snapshot))
    const { socket, hello } = this.#link
    this.#host.requests.open(this.lane.name, { socket, maxPayloadBytes: hello.maxPayloadBytes, room })
  }

  /** After a first join, events wait until the code that awaits it has run. */
  #begun({ recovered }: Joined, snapshot: Parsed<unknown>): void | Promise<void> {
    const answer = { recovered, snapshot: snapshot.ok ? snapshot.value : undefined }
    if (!this.#settle) return this.listeners.call('joined', answer)
    if (snapshot.ok) {
      this.#settle({ ok: true, data: answer })
      this.#settle = undefined
      return new Promise((resolve) => this.#host.clock.defer(resolve))
    }
    void this.#membership.leave()
    this.#end({ ok: false, error: misfit('CONTRACT_MISMATCH', `the snapshot of ${this.what}`, snapshot.error) })
  }

  exited(handle: number): void {
    this.#handle = undefined
    if (this.#byHandle.get(handle) === this) this.#byHandle.delete(handle)
    this.#host.requests.pause(this.lane.name)
  }

  expelled(error: MillraceError): void {
    const isFirst = this.#settle !== undefined
    this.#end({ ok: false, error })
    if (!isFirst) this.inbox.end(() => this.listeners.call('kicked', error))
  }
}
