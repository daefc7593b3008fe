import type { Payload, Quote } from '../payload.ts'
import type { Viewed } from './chart-view.ts'
import { SequenceCheck, type DeliveryCheck } from './delivery-check.ts'
import { Faults } from './faults.ts'
import { LoadClient } from './load-client.ts'
import type { Bookmark, Protocol } from './session.ts'

export interface FleetMember {
  readonly index: number
  readonly room: string
  readonly deliveries: DeliveryCheck
  /** Told when the server ends the connection; without it that is a fault. */
  whenClosed: (() => void) | undefined
  client: LoadClient
}

/** What a running measurement is told. */
export interface FleetListener {
  delivered(payload: Payload | Quote, member: FleetMember): void
  answered(member: FleetMember, payload: Payload): void
  viewed?(member: FleetMember, view: Viewed): void
}

const idle: FleetListener = { delivered() {}, answered() {} }

/** Many times what the slowest run takes. */
const deadlineMs = 60_000

export interface FleetOptions {
  /** Clients are numbered from here. Default 0. */
  readonly firstClient?: number
  /** What a member of a room has to be given. Default: everything in order. */
  readonly checkOf?: (room: string) => DeliveryCheck
}

/** All clients of one contender. A fault of any of them fails the run that is under way, and every later one. */
export class Fleet {
  readonly #protocol: Protocol
  readonly #port: number
  #nextIndex: number
  readonly #checkOf: (room: string) => DeliveryCheck
  readonly #faults = new Faults()
  readonly #members: FleetMember[] = []
  #listener = idle

  constructor(protocol: Protocol, port: number, options: FleetOptions = {}) {
    this.#protocol = protocol
    this.#port = port
    this.#nextIndex = options.firstClient ?? 0
    this.#checkOf = options.checkOf ?? (() => new SequenceCheck())
  }

  get members(): readonly FleetMember[] {
    return this.#members
  }

  /** Connects one more client and resolves when it has joined. */
  async add(room: string, port = this.#port): Promise<void> {
    const part = { index: this.#nextIndex++, room, deliveries: this.#checkOf(room), whenClosed: undefined }
    await this.#join(part.index, (joined) => {
      const member: FleetMember = { ...part, client: this.#connect(part, { port, joined, member: () => member }) }
      this.#members.push(member)
    })
  }

  /** Connects a client that was cut, where it was. Resolves when it is in its room again. */
  async resume(member: FleetMember, bookmark: Bookmark, port = this.#port): Promise<void> {
    await this.#join(member.index, (joined) => {
      member.client = this.#connect(member, { port, joined, bookmark, member: () => member })
    })
  }

  /** Runs until `finish` is called. */
  async run(start: (finish: () => void) => FleetListener, missing: () => string, withinMs = deadlineMs): Promise<void> {
    const done = new Promise<void>((finish) => {
      this.#listener = start(finish)
    })
    try {
      await this.#faults.guard(done, withinMs, () => `${missing()} after ${withinMs} ms`)
    } finally {
      this.#listener = idle
    }
  }

  /** Ends the run that is under way, and every later one. */
  fail(reason: string): void {
    this.#faults.raise(reason)
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.splice(0).map(({ client }) => client.close()))
  }

  #join(index: number, connect: (joined: () => void) => void): Promise<void> {
    const late = (): string => `client ${index} could not join within ${deadlineMs} ms`
    return this.#faults.guard(new Promise<void>(connect), deadlineMs, late)
  }

  #connect({ index, room, deliveries }: Omit<FleetMember, 'client'>, how: Connecting): LoadClient {
    return new LoadClient({
      protocol: this.#protocol,
      port: how.port,
      index,
      room,
      bookmark: how.bookmark,
      listener: {
        joined: how.joined,
        delivered: (payload) => {
          const fault = deliveries.next(payload)
          if (fault) return this.#faults.raise(`client ${index}: ${fault}`)
          this.#listener.delivered(payload, how.member())
        },
        answered: (payload) => this.#listener.answered(how.member(), payload),
        viewed: (view) => this.#listener.viewed?.(how.member(), view),
        closed: (reason) => {
          const { whenClosed } = how.member()
          if (whenClosed) whenClosed()
          else this.#faults.raise(`client ${index}: ${reason}`)
        },
        failed: (reason) => this.#faults.raise(`client ${index}: ${reason}`),
      },
    })
  }
}

interface Connecting {
  readonly port: number
  readonly joined: () => void
  readonly bookmark?: Bookmark
  /** Known once the client is made. */
  readonly member: () => FleetMember
}
