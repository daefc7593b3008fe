import { fail } from '@millrace/contract'
import type { Socket } from 'socket.io'
import type { Link } from '../connection/link.ts'
import { maxAttachments } from '../connection/max-attachments.ts'
import { packetBytes, type Packet } from '../connection/packet.ts'
import { countBytes, hasBytes } from '../has-bytes.ts'
import type { Held } from '../flusher.ts'
import type { Node } from '../node.ts'
import { knownJson } from '../pipeline/known-json.ts'
import { backlog, bufferedBytes } from './buffered-bytes.ts'
import { encodeForTransport, finished, type EncodedPacket } from './encode-for-transport.ts'
import { packetOfValues, packetWithBytes } from './packet-of-values.ts'
import { DirectPath, type Tcp } from './direct-path.ts'
import type { SendPath } from './send-path.ts'
import { webSocketFrame } from './web-socket-frame.ts'
import { cork, onceTcpDrained, writeMessage, type FinishedMessage } from './write-message.ts'

/** A `Link` over one Socket.IO socket. Its TCP socket is corked from the first packet of a tick until the tick's flush has ended. */
export class SocketIoLink implements Link, Held {
  readonly #socket: Socket
  readonly #conn: Socket['conn']
  #direct: DirectPath | undefined
  readonly #namespace: string
  readonly #node: Pick<Node, 'flusher' | 'counters'>
  readonly #path: SendPath
  /** Bytes that waited when this turn began; -1 outside of one. */
  #waitedBefore = -1
  #corked: Tcp | undefined

  constructor(socket: Socket, node: Pick<Node, 'flusher' | 'counters'>, path: SendPath) {
    this.#socket = socket
    this.#conn = socket.conn
    this.#namespace = socket.nsp.name
    this.#node = node
    this.#path = path
  }

  send(event: string, argument: unknown): void {
    this.write(packetOfValues(event, argument))
  }

  write(packet: Packet, isLast = false): void {
    const conn = this.#conn
    if (!this.#socket.connected || conn.readyState !== 'open') return
    this.#count(packetBytes(packet))
    if (!isLast) this.#beginTurn()
    this.#write(packet)
    if (isLast && this.#waitedBefore >= 0) this.release()
  }

  /** Answers an event, as the default encoder writes it. */
  acknowledge(id: number, answer: unknown): void {
    const conn = this.#conn
    if (!this.#socket.connected || conn.readyState !== 'open') return
    const json = knownJson(answer) ?? (hasBytes(answer) ? undefined : JSON.stringify(answer))
    if (json === undefined) {
      if (countBytes(answer) > maxAttachments)
        throw new Error(`an answer holds at most ${maxAttachments} values of bytes; put them into one`)
      const values = packetWithBytes([answer])
      this.#count(packetBytes(values))
      this.#beginTurn()
      return this.#writeEncoded(encodeForTransport(this.#namespace, values, id))
    }
    const text = `3${this.#namespace === '/' ? '' : `${this.#namespace},`}${id}[${json}]`
    this.#count(Buffer.byteLength(json) + 2)
    this.#beginTurn()
    this.#writeMessage({ message: text, frame: webSocketFrame(text) })
  }

  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown> {
    const socket = this.#socket
    return new Promise((resolve, reject) => {
      const onDisconnect = (): void => reject(fail('DISCONNECTED', 'the client disconnected before it answered'))
      if (!socket.connected) return onDisconnect()
      this.#count(packetBytes(packetOfValues(event, input)))
      socket.once('disconnect', onDisconnect)
      socket.timeout(timeoutMs).emit(event, input, (error: Error | null, answer: unknown) => {
        socket.off('disconnect', onDisconnect)
        if (error) reject(fail('TIMEOUT', `the client did not answer within ${timeoutMs} ms`))
        else resolve(answer)
      })
    })
  }

  bufferedBytes(): number {
    return bufferedBytes(this.#conn)
  }

  hasRoomFor(bytes: number, budgetBytes: number): boolean {
    if (this.#fits(bytes, budgetBytes)) return true
    if (this.#corked === undefined) return false
    this.#uncork() // it may be that nothing waits but for the end of the tick
    return this.#fits(bytes, budgetBytes)
  }

  #fits(bytes: number, budgetBytes: number): boolean {
    const waiting = this.#directPath()?.waiting ?? bufferedBytes(this.#conn)
    if (waiting === 0) return true
    const before = this.#waitedBefore < 0 ? waiting : this.#waitedBefore
    return before <= budgetBytes && waiting + bytes <= 2 * budgetBytes
  }

  backlog(): number {
    return backlog(this.#conn)
  }

  drained(): Promise<void> {
    const conn = this.#conn
    if (conn.readyState === 'closed') return Promise.resolve()
    return new Promise((resolve) => {
      const { transport } = conn
      const done = (): void => {
        transport.off('drain', done)
        forgetTcp()
        conn.off('upgrade', done)
        conn.off('close', done)
        resolve()
      }
      transport.on('drain', done)
      const forgetTcp = onceTcpDrained(conn, done)
      conn.on('upgrade', done)
      conn.on('close', done)
    })
  }

  enter(room: string): void {
    void this.#socket.join(room)
  }

  exit(room: string): void {
    void this.#socket.leave(room)
  }

  release(): void {
    this.#waitedBefore = -1
    this.#uncork()
  }

  #write(packet: Packet): void {
    if (!this.#path.writesText) {
      const [event, ...args] = revive(packet)
      this.#socket.emit(event, ...args)
      return
    }
    this.#writeEncoded(((packet.encoded as EncodedPacket | undefined) ??= encodeForTransport(this.#namespace, packet)))
  }

  #writeEncoded(encoded: EncodedPacket): void {
    if (encoded.attachments.length === 0 || this.#path.packsBytes) return this.#writeMessage(finished(encoded))
    const conn = this.#conn
    conn.write(encoded.text)
    for (const attachment of encoded.attachments) conn.write(asBuffer(attachment))
  }

  #beginTurn(): void {
    if (this.#waitedBefore < 0) {
      if (!this.#node.flusher.hold(this)) return
      this.#waitedBefore = bufferedBytes(this.#conn)
    }
    this.#corked ??= cork(this.#conn)
  }

  #uncork(): void {
    const corked = this.#corked
    this.#corked = undefined
    corked?.uncork()
  }

  #writeMessage(whole: FinishedMessage): void {
    if (this.#path.finishedFrames) writeMessage(this.#conn, whole, this.#directPath())
    else this.#conn.write(whole.message)
  }

  #directPath(): DirectPath | undefined {
    if (this.#direct?.isCurrent) return this.#direct
    return (this.#direct = this.#path.finishedFrames ? DirectPath.of(this.#conn) : undefined)
  }

  #count(bytes: number): void {
    const { counters } = this.#node
    counters.framesOut++
    counters.bytesOut += bytes
  }
}

/** The event and arguments of a packet as values, for encoders that do not take text. */
function revive(packet: Packet): [string, ...unknown[]] {
  return JSON.parse(packet.body, (_key, value: unknown) => {
    const { _placeholder, num } = (typeof value === 'object' && value !== null ? value : {}) as {
      _placeholder?: unknown
      num?: unknown
    }
    const attachment = _placeholder === true && typeof num === 'number' ? packet.attachments[num] : undefined
    return attachment ? asBuffer(attachment) : value
  }) as [string, ...unknown[]]
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
