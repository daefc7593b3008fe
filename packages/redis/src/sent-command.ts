import { Command } from 'ioredis'

/** A command that knows whether it was written: only then may Redis have run it. */
export class SentCommand extends Command {
  #wasWritten = false

  get wasWritten(): boolean {
    return this.#wasWritten
  }

  override toWritable(socket: object): string | Buffer {
    this.#wasWritten = true
    return super.toWritable(socket)
  }
}
