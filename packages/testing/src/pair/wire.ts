/** One Socket.IO packet as it travels: its text, then its attachments. */
export type WirePacket = readonly (string | Uint8Array)[]

/** `up`: from the client to the server. */
export type Direction = 'up' | 'down'

/** Who receives in one direction. */
export interface WireEnd {
  received(packet: WirePacket): void
  /** The connection is over. Called once; nothing follows. */
  ended(): void
}

/** Who learns of a cut at once. Whoever does not believes in the connection until `tell`. */
export type Told = 'both' | 'client' | 'server' | 'nobody'

export interface WireTap {
  delivered(wire: Wire, direction: Direction, packet: WirePacket): void
}

const finished = Symbol('the sender closed the connection')

/** One transport connection in memory: two queues, moved packet by packet by whoever holds it. */
export class Wire {
  /** Which client's cable, and the number of the connection among all of the pair. */
  readonly cable: number
  readonly id: number
  readonly #tap: WireTap
  readonly #queues: Record<Direction, (WirePacket | typeof finished)[]> = { up: [], down: [] }
  readonly #receivers: Partial<Record<Direction, WireEnd>> = {}
  readonly #isOver: Record<Direction, boolean> = { up: false, down: false }
  readonly #isFinished: Record<Direction, boolean> = { up: false, down: false }
  readonly #held = new Set<Direction>()
  #isCut = false
  #drained: (() => void)[] = []

  constructor(cable: number, id: number, tap: WireTap) {
    this.cable = cable
    this.id = id
    this.#tap = tap
  }

  attach(direction: Direction, receiver: WireEnd): void {
    this.#receivers[direction] = receiver
  }

  /** Whether either side still believes in the connection. */
  get isAlive(): boolean {
    return !this.#isOver.up || !this.#isOver.down
  }

  /** Whether the side that sends in this direction still believes in the connection. */
  isOpen(direction: Direction): boolean {
    return !this.#isFinished[direction] && !this.#isOver[opposite(direction)]
  }

  send(direction: Direction, packet: WirePacket): void {
    if (this.isOpen(direction) && !this.#isCut) this.#queues[direction].push(packet)
  }

  /** The sender closes after what it sent has arrived. */
  finish(direction: Direction): void {
    if (!this.isOpen(direction)) return
    if (!this.#isCut) this.#queues[direction].push(finished)
    this.#isFinished[direction] = true
  }

  /** Packets on their way. */
  count(direction: Direction): number {
    return this.#queues[direction].length
  }

  bytes(direction: Direction): number {
    let bytes = 0
    for (const packet of this.#queues[direction])
      if (packet !== finished) for (const chunk of packet) bytes += chunk.length
    return bytes
  }

  canDeliver(direction: Direction): boolean {
    return this.#queues[direction].length > 0 && !this.#held.has(direction) && this.#receivers[direction] !== undefined
  }

  /** Moves the oldest packet of this direction. Order within a direction is kept, as TCP does. */
  deliver(direction: Direction): void {
    const packet = this.#queues[direction].shift()
    if (packet === undefined) return
    if (packet === finished) this.#end()
    else {
      this.#tap.delivered(this, direction, packet)
      this.#receivers[direction]?.received(packet)
    }
    if (this.#queues.down.length === 0) this.#emptied()
  }

  /** Keeps packets of this direction on their way until `release`. */
  hold(direction: Direction): void {
    this.#held.add(direction)
  }

  release(): void {
    this.#held.clear()
  }

  /** Loses every packet on its way, and all that are sent from now on. */
  cut(told: Told = 'both'): void {
    this.#isCut = true
    this.#queues.up = []
    this.#queues.down = []
    if (told === 'both' || told === 'server') this.tell('server')
    if (told === 'both' || told === 'client') this.tell('client')
  }

  /** A side learns that the connection is over, as from a failed write or a missing ping. */
  tell(side: 'client' | 'server'): void {
    const direction = side === 'server' ? 'up' : 'down'
    if (this.#isOver[direction]) return
    this.#isOver[direction] = true
    if (side === 'server') this.#emptied()
    this.#receivers[direction]?.ended()
  }

  /** Resolves when no packet to the client is on its way, or when the server knows that the connection is over. */
  drained(): Promise<void> {
    if (this.#queues.down.length === 0 || this.#isOver.up) return Promise.resolve()
    return new Promise((resolve) => this.#drained.push(resolve))
  }

  #end(): void {
    this.cut('both')
  }

  #emptied(): void {
    const waiting = this.#drained
    this.#drained = []
    for (const resolve of waiting) resolve()
  }
}

function opposite(direction: Direction): Direction {
  return direction === 'up' ? 'down' : 'up'
}
