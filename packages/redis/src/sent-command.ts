import { Socket } from 'node:net'
import { Command } from 'ioredis'
import { ranNowhere } from './command-fault.ts'

const innerReject = Symbol('reject')

/** Connections on which a command waited in vain, and what had arrived on them by then, bytes. */
const doubted = new WeakMap<Socket, number>()

/** A command that knows whether it may have been run: whether it was written, and not answered by a node that sent it elsewhere. */
export class SentCommand extends Command {
  #wasWritten = false
  #socket: Socket | undefined
  #heardBytes = 0
  #wasDoubted = false
  declare [innerReject]: (error: Error) => void

  get wasWritten(): boolean {
    return this.#wasWritten
  }

  override toWritable(socket: object): string | Buffer {
    this.#wasWritten = true
    if (socket instanceof Socket) {
      this.#socket = socket
      this.#heardBytes = socket.bytesRead
      this.#wasDoubted = doubted.get(socket) === this.#heardBytes
    }
    return super.toWritable(socket)
  }

  /**
   * After it waited in vain. Where nothing at all arrived meanwhile, and the same had happened before it was written, nobody is
   * there: the connection is broken, so that another one is opened. (ioredis's `socketTimeout` breaks the other one, too.)
   */
  doubtConnection(): void {
    const socket = this.#socket
    if (socket === undefined || socket.bytesRead !== this.#heardBytes) return
    if (this.#wasDoubted) socket.destroy(new Error('Redis was silent for two commands; another connection is opened'))
    else doubted.set(socket, this.#heardBytes)
  }

  static {
    // A cluster's client puts its own function here, which sends the command to another node and tells nobody.
    Object.defineProperty(this.prototype, 'reject', {
      get(this: SentCommand) {
        const inner = this[innerReject]
        return (error: Error) => {
          if (ranNowhere(error)) this.#wasWritten = false
          inner(error)
        }
      },
      set(this: SentCommand, reject: (error: Error) => void) {
        this[innerReject] = reject
      },
    })
  }
}
