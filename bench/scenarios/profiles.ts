import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Peer } from '../rpc.ts'
import type { ProcessCalls } from '../server/calls.ts'

/** Takes a CPU profile of each contender, from its first measured round to its last. Without a directory it does nothing. */
export class Profiles {
  readonly #serverOf: (contender: string) => Peer<ProcessCalls>
  readonly #dir: string | undefined
  readonly #title: string
  readonly #started = new Set<string>()

  constructor(
    serverOf: (contender: string) => Peer<ProcessCalls>,
    dir: string | undefined,
    { scenario, name }: { readonly scenario: string; readonly name: string },
  ) {
    this.#serverOf = serverOf
    this.#dir = dir
    this.#title = `${scenario} ${name}`.replaceAll(/\W+/g, '-')
  }

  async start(contender: string): Promise<void> {
    if (this.#dir === undefined || this.#started.has(contender)) return
    this.#started.add(contender)
    await this.#serverOf(contender).call('startProfile', undefined)
  }

  async stop(contender: string): Promise<void> {
    if (this.#dir === undefined) return
    await mkdir(this.#dir, { recursive: true })
    const file = resolve(this.#dir, `${this.#title}-${contender}.cpuprofile`)
    await this.#serverOf(contender).call('stopProfile', file)
  }
}
