import { fail } from '@millrace/contract'
import type { Link, Node, Packet } from '@millrace/server/core'
import { PacketType } from 'socket.io-parser'
import { bodyBytes, encodePacket } from './codec.ts'
import type { Wire, WirePacket } from './wire.ts'

/** The server's `Link` over a wire, for one namespace. */
export class WireLink implements Link {
  readonly #wire: Wire
  readonly #namespace: string
  readonly #node: Pick<Node, 'clock' | 'counters' | 'flusher'>
  readonly #asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>()
  #lastAsk = 0
  /** Bytes that waited when this turn began; undefined outside of one. */
  #waitedBefore: number | undefined

  constructor(wire: Wire, namespace: string, node: Pick<Node, 'clock' | 'counters' | 'flusher'>) {
    this.#wire = wire
    this.#namespace = namespace
    this.#node = node
  }

  send(event: string, argument: unknown): void {
    this.#write(encodePacket(PacketType.EVENT, this.#namespace, [event, argument]))
  }

  write({ body, attachments }: Packet): void {
    const type = attachments.length > 0 ? `${PacketType.BINARY_EVENT}${attachments.length}-` : `${PacketType.EVENT}`
    this.#write([`${type}${this.#namespace},${body}`, ...attachments])
  }

  acknowledge(id: number, answer: unknown): void {
    this.#write(encodePacket(PacketType.ACK, this.#namespace, [answer], id))
  }

  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown> {
    const id = ++this.#lastAsk
    return new Promise((resolve, reject) => {
      const expire = () => {
        this.#asked.delete(id)
        reject(fail('TIMEOUT', `the client did not answer within ${timeoutMs} ms`))
      }
      const cancel = this.#node.clock.after(timeoutMs, expire)
      const settle =
        <T>(run: (value: T) => void) =>
        (value: T) => {
          cancel()
          run(value)
        }
      this.#asked.set(id, { resolve: settle(resolve), reject: settle(reject) })
      this.#write(encodePacket(PacketType.EVENT, this.#namespace, [event, input], id))
    })
  }

  answered(id: number | undefined, answer: unknown): void {
    this.#asked.get(id ?? 0)?.resolve(answer)
    this.#asked.delete(id ?? 0)
  }

  /** Questions that wait are not answered any more. */
  ended(): void {
    for (const { reject } of this.#asked.values())
      reject(fail('DISCONNECTED', 'the client disconnected before it answered'))
    this.#asked.clear()
  }

  bufferedBytes(): number {
    return this.#wire.bytes('down')
  }

  hasRoomFor(bytes: number, budgetBytes: number): boolean {
    const waiting = this.bufferedBytes()
    return waiting === 0 || ((this.#waitedBefore ?? waiting) <= budgetBytes && waiting + bytes <= 2 * budgetBytes)
  }

  backlog(): number {
    return this.bufferedBytes()
  }

  release(): void {
    this.#waitedBefore = undefined
  }

  drained(): Promise<void> {
    return this.#wire.drained()
  }

  enter(): void {}

  exit(): void {}

  #write(packet: WirePacket): void {
    if (!this.#wire.isOpen('down')) return
    const { counters, flusher } = this.#node
    counters.framesOut++
    counters.bytesOut += bodyBytes(packet)
    if (this.#waitedBefore === undefined && flusher.hold(this)) this.#waitedBefore = this.bufferedBytes()
    this.#wire.send('down', packet)
  }
}
