import type { EventOutput } from '@millrace/contract'
import type { StateValue } from '@millrace/server'
import { charts } from '../contract.ts'

export type NodeFacts = EventOutput<typeof charts.rooms.machines.events.node>

/** Facts are renewed every 5 s. */
const defaultLapsedMs = 15_000

/**
 * The nodes that run, as the store tells of them. How old facts are is counted from when they came, by the own clock: other
 * nodes' clocks may be wrong.
 */
export class Fleet {
  readonly #nodes = new Map<string, { readonly facts: NodeFacts; readonly heardMs: number }>()
  readonly #lapsedMs: number

  /** @param lapsedMs A node that did not renew its facts for so long is dead. Default 15,000. */
  constructor(lapsedMs = defaultLapsedMs) {
    this.#lapsedMs = lapsedMs
  }

  /** @param nowMs Of a clock that only goes forward. */
  hear(values: readonly StateValue[], isEverything: boolean, nowMs: number): void {
    if (isEverything) {
      const named = new Set(values.map(({ key }) => key))
      for (const name of this.#nodes.keys()) if (!named.has(name)) this.#nodes.delete(name)
    }
    for (const { name, key, payload } of values) {
      if (name !== 'node') continue
      if (payload === null) this.#nodes.delete(key)
      else this.#renew(key, payload, nowMs)
    }
  }

  /** On all nodes. */
  watching(): number {
    return [...this.#nodes.values()].reduce((sum, { facts }) => sum + facts.watching, 0)
  }

  /** Names of the dead. */
  lapsed(nowMs: number): readonly string[] {
    return [...this.#nodes].flatMap(([name, { heardMs }]) => (nowMs - heardMs >= this.#lapsedMs ? [name] : []))
  }

  #renew(key: string, payload: string | Uint8Array, nowMs: number): void {
    const facts = readFacts(payload)
    const known = this.#nodes.get(key)
    // Everything that is read again is no sign of life.
    if (facts && facts.seenAt !== known?.facts.seenAt) this.#nodes.set(key, { facts, heardMs: nowMs })
  }
}

function readFacts(payload: string | Uint8Array): NodeFacts | undefined {
  if (typeof payload !== 'string') return undefined
  const facts = charts.rooms.machines.events.node.payload.safeParse(JSON.parse(payload))
  return facts.success ? facts.data : undefined
}
