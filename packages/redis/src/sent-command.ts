import { Command } from 'ioredis'
import { ranNowhere } from './command-fault.ts'

const innerReject = Symbol('reject')

/** A command that knows whether it may have been run: whether it was written, and not answered by a node that sent it elsewhere. */
export class SentCommand extends Command {
  #wasWritten = false
  declare [innerReject]: (error: Error) => void

  get wasWritten(): boolean {
    return this.#wasWritten
  }

  override toWritable(socket: object): string | Buffer {
    this.#wasWritten = true
    return super.toWritable(socket)
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
