import type { ServerCounters } from '@millrace/server'
import type { NodeLog } from './node-log.ts'

/** Tells what changed for the worse, or better, since the last look at a server. */
export class Troubles {
  readonly #log: NodeLog
  #closedSlow = 0
  #isReady = true

  constructor(log: NodeLog) {
    this.#log = log
  }

  look({ closedSlow }: Pick<ServerCounters, 'closedSlow'>, isReady: boolean): void {
    const closed = closedSlow - this.#closedSlow
    this.#closedSlow = closedSlow
    if (closed > 0) this.#log.say('warn', `closed ${closed} connections with SLOW: they took nothing for a minute`)
    if (isReady === this.#isReady) return
    this.#isReady = isReady
    if (isReady) this.#log.say('info', 'delivers again')
    else this.#log.say('warn', 'does not deliver: it waits for its store, or is on its way out')
  }
}
