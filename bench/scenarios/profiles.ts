import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ContenderName } from '../contenders/contender.ts'
import type { Stage } from '../stage.ts'

/** Takes a CPU profile of each contender, from its first measured round to its last. Without a directory it does nothing. */
export class Profiles {
  readonly #stage: Stage
  readonly #dir: string | undefined
  readonly #title: string
  readonly #started = new Set<ContenderName>()

  constructor(
    stage: Stage,
    dir: string | undefined,
    { scenario, name }: { readonly scenario: string; readonly name: string },
  ) {
    this.#stage = stage
    this.#dir = dir
    this.#title = `${scenario} ${name}`.replaceAll(/\W+/g, '-')
  }

  async start(contender: ContenderName): Promise<void> {
    if (this.#dir === undefined || this.#started.has(contender)) return
    this.#started.add(contender)
    await this.#stage.server(contender).call('startProfile', undefined)
  }

  async stop(contender: ContenderName): Promise<void> {
    if (this.#dir === undefined) return
    await mkdir(this.#dir, { recursive: true })
    await this.#stage
      .server(contender)
      .call('stopProfile', resolve(this.#dir, `${this.#title}-${contender}.cpuprofile`))
  }
}
