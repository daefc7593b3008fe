import type { ContenderName } from '../contenders/contender.ts'
import type { Payload } from '../payload.ts'
import { Faults } from './faults.ts'
import { LoadClient } from './load-client.ts'
import { protocols } from './protocols.ts'
import { SequenceCheck } from './sequence-check.ts'

export interface FleetMember {
  readonly client: LoadClient
  readonly deliveries: SequenceCheck
}

/** What a running measurement is told. */
export interface FleetListener {
  delivered(payload: Payload): void
  answered(member: FleetMember, payload: Payload): void
}

const idle: FleetListener = { delivered() {}, answered() {} }

/** Many times what the slowest run takes. */
const deadlineMs = 60_000

/** All clients of one contender. A fault of any of them fails the run that is under way, and every later one. */
export class Fleet {
  readonly #contender: ContenderName
  readonly #port: number
  readonly #faults = new Faults()
  readonly #members: FleetMember[] = []
  #listener = idle

  constructor(contender: ContenderName, port: number) {
    this.#contender = contender
    this.#port = port
  }

  get members(): readonly FleetMember[] {
    return this.#members
  }

  /** Connects one more client and resolves when it has joined. */
  async add(room: string): Promise<void> {
    const index = this.#members.length
    const deliveries = new SequenceCheck()
    const join = new Promise<void>((joined) => {
      const client = new LoadClient({
        protocol: protocols[this.#contender],
        port: this.#port,
        index,
        room,
        listener: {
          joined,
          delivered: (payload) => {
            const fault = deliveries.next(payload.seq)
            if (fault) return this.#faults.raise(`client ${index}: ${fault}`)
            this.#listener.delivered(payload)
          },
          answered: (payload) => this.#listener.answered(member, payload),
          failed: (reason) => this.#faults.raise(`client ${index}: ${reason}`),
        },
      })
      const member: FleetMember = { client, deliveries }
      this.#members.push(member)
    })
    await this.#faults.guard(join, deadlineMs, () => `client ${index} could not join within ${deadlineMs} ms`)
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
}
