import type { Payload } from '../payload.ts'
import { Faults } from './faults.ts'
import { LoadClient } from './load-client.ts'
import { SequenceCheck } from './sequence-check.ts'
import type { Bookmark, Protocol } from './session.ts'

export interface FleetMember {
  readonly index: number
  readonly room: string
  readonly deliveries: SequenceCheck
  client: LoadClient
}

/** What a running measurement is told. */
export interface FleetListener {
  delivered(payload: Payload, member: FleetMember): void
  answered(member: FleetMember, payload: Payload): void
}

const idle: FleetListener = { delivered() {}, answered() {} }

/** Many times what the slowest run takes. */
const deadlineMs = 60_000

/** All clients of one contender. A fault of any of them fails the run that is under way, and every later one. */
export class Fleet {
  readonly #protocol: Protocol
  readonly #port: number
  readonly #faults = new Faults()
  readonly #members: FleetMember[] = []
  #connected = 0
  #listener = idle

  constructor(protocol: Protocol, port: number) {
    this.#protocol = protocol
    this.#port = port
  }

  get members(): readonly FleetMember[] {
    return this.#members
  }

  /** Connects one more client and resolves when it has joined. */
  async add(room: string, port = this.#port): Promise<void> {
    const part = { index: this.#connected++, room, deliveries: new SequenceCheck() }
    await this.#join(part.index, (joined) => {
      const member: FleetMember = { ...part, client: this.#connect(part, { port, joined, member: () => member }) }
      this.#members.push(member)
    })
  }

  /** Connects a client that was cut, where it was. Resolves when it is in its room again. */
  async resume(member: FleetMember, port: number, bookmark: Bookmark): Promise<void> {
    await this.#join(member.index, (joined) => {
      member.client = this.#connect(member, { port, joined, bookmark, member: () => member })
    })
  }

  /** Runs until `finish` is called. */
  async run(start: (finish: () => void) => FleetListener, missing: () => string): Promise<void> {
    const done = new Promise<void>((finish) => {
      this.#listener = start(finish)
    })
    try {
      await this.#faults.guard(done, deadlineMs, () => `${missing()} after ${deadlineMs} ms`)
    } finally {
      this.#listener = idle
    }
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
          const fault = deliveries.next(payload.seq)
          if (fault) return this.#faults.raise(`client ${index}: ${fault}`)
          this.#listener.delivered(payload, how.member())
        },
        answered: (payload) => this.#listener.answered(how.member(), payload),
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
