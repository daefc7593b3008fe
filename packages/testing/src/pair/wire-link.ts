import { fail, type Clock } from '@millrace/contract'
import type { Link, Packet } from '@millrace/server/core'
import { PacketType } from 'socket.io-parser'
import { encodePacket } from './codec.ts'
import type { Wire } from './wire.ts'

/** The server's `Link` over a wire, for one namespace. */
export class WireLink implements Link {
  readonly #wire: Wire
  readonly #namespace: string
  readonly #clock: Clock
  readonly #asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>()
  #lastAsk = 0

  constructor(wire: Wire, namespace: string, clock: Clock) {
    this.#wire = wire
    this.#namespace = namespace
    this.#clock = clock
  }

  send(event: string, argument: unknown): void {
    this.#wire.send('down', encodePacket(PacketType.EVENT, this.#namespace, [event, argument]))
  }

  write({ body, attachments }: Packet): void {
    const type = attachments.length > 0 ? `${PacketType.BINARY_EVENT}${attachments.length}-` : `${PacketType.EVENT}`
    this.#wire.send('down', [`${type}${this.#namespace},${body}`, ...attachments])
  }

  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown> {
    const id = ++this.#lastAsk
    return new Promise((resolve, reject) => {
      const expire = () => {
        this.#asked.delete(id)
        reject(fail('TIMEOUT', `the client did not answer within ${timeoutMs} ms`))
      }
      const cancel = this.#clock.after(timeoutMs, expire)
      const settle =
        <T>(run: (value: T) => void) =>
        (value: T) => {
          cancel()
          run(value)
        }
      this.#asked.set(id, { resolve: settle(resolve), reject: settle(reject) })
      this.#wire.send('down', encodePacket(PacketType.EVENT, this.#namespace, [event, input], id))
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

  drained(): Promise<void> {
    return this.#wire.drained()
  }

  enter(): void {}

  exit(): void {}
}
