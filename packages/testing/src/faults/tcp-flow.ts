import type { Socket } from 'node:net'
import type { Direction, TcpConditions, TcpCounts } from './tcp-conditions.ts'

/** So much may wait before the sender is made to wait too, bytes. */
const maxWaitingBytes = 1_000_000

/** One direction of one connection. */
export class TcpFlow {
  readonly #source: Socket
  readonly #sink: Socket
  readonly #direction: Direction
  readonly #conditions: TcpConditions
  readonly #counts: TcpCounts
  readonly #queue: { readonly bytes: Buffer; readonly dueAt: number }[] = []
  #waitingBytes = 0
  #freeAt = 0
  #timer: NodeJS.Timeout | undefined
  #isOver = false
  /** Bytes of this connection alone vanish. */
  isCut = false
  /** Bytes or the end were lost: what comes later would make no sense. */
  isTorn = false

  constructor(source: Socket, sink: Socket, direction: Direction, conditions: TcpConditions, counts: TcpCounts) {
    this.#source = source
    this.#sink = sink
    this.#direction = direction
    this.#conditions = conditions
    this.#counts = counts
    source.on('data', (bytes: Buffer) => this.#take(bytes))
    source.on('end', () => this.#finish())
    source.on('close', () => this.#finish())
    sink.on('close', () => this.stop())
  }

  /** After the conditions changed. */
  pump(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      if (this.#isHeld) return
      const waitMs = Math.max(head.dueAt, this.#freeAt) - performance.now()
      if (waitMs > 0) return void (this.#timer = setTimeout(() => this.pump(), waitMs))
      this.#queue.shift()
      this.#pass(head.bytes)
    }
    if (this.#isOver) this.#sink.end()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#queue.length = 0
  }

  get isDropping(): boolean {
    return this.isCut || this.#conditions.dropped.has(this.#direction)
  }

  get #isHeld(): boolean {
    return this.#conditions.held.has(this.#direction)
  }

  #take(bytes: Buffer): void {
    if (this.isDropping) {
      this.#counts.droppedBytes[this.#direction] += bytes.length
      this.isTorn = true
      return
    }
    const { delayMs, sliceBytes } = this.#conditions
    const dueAt = performance.now() + delayMs
    for (let at = 0; at < bytes.length; at += sliceBytes)
      this.#queue.push({ bytes: bytes.subarray(at, at + sliceBytes), dueAt })
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > maxWaitingBytes) this.#source.pause()
    this.pump()
  }

  #pass(bytes: Buffer): void {
    const { sliceBytes, bytesPerSecond } = this.#conditions
    const paceMs = Math.max(sliceBytes === Infinity ? 0 : 1, (bytes.length / bytesPerSecond) * 1_000)
    this.#freeAt = performance.now() + paceMs
    this.#waitingBytes -= bytes.length
    if (this.#waitingBytes <= maxWaitingBytes) this.#source.resume()
    this.#counts.passedBytes[this.#direction] += bytes.length
    if (this.#sink.writable) this.#sink.write(bytes)
  }

  #finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    if (this.isDropping) this.isTorn = true
    else this.pump()
  }
}
