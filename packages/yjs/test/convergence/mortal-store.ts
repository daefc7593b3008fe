import { fail } from '@millrace/contract'
import type { Store } from '@millrace/server'

/** Where a node may die. `between`: its snapshot is acknowledged, and the log is not trimmed. */
export const deaths = [
  'between',
  'before append',
  'after append',
  'before snapshot',
  'after snapshot',
  'after owners',
] as const

export type Death = (typeof deaths)[number]

/** What a store does wrong while its node lives on. */
export type StoreFault = 'refuse' | 'lose the answer'

/** What is slow. */
export type Held = 'appends' | 'answers'

type Port = 'log' | 'state' | 'blobs' | 'series' | 'bus' | 'revocations' | 'singletons'

/** Claims and presence of a dead process end with its lease; here the node itself takes them back when it is buried. */
const mortalPorts: readonly Port[] = ['log', 'state', 'blobs', 'series', 'bus', 'revocations', 'singletons']

/** One life of a node, as its store sees it: from the chosen moment on nothing of it reaches the store, and nothing reaches it. */
export class Life {
  isDead = false
  /** Dies when it comes there. */
  death: Death | undefined
  /** Of the next append. */
  fault: StoreFault | undefined
  /** Appends, or their answers, that wait until `release`. */
  #held: { readonly what: Held; readonly waiting: (() => void)[] } | undefined
  /** Snapshots that are acknowledged and whose trim was not asked for. */
  #between = 0
  readonly #died: (how: Death) => void

  constructor(died: (how: Death) => void) {
    this.#died = died
  }

  hold(what: Held): void {
    this.#held ??= { what, waiting: [] }
  }

  release(): void {
    const held = this.#held
    this.#held = undefined
    for (const go of held?.waiting ?? []) go()
  }

  wrap(store: Store): Store {
    const ports = Object.fromEntries(mortalPorts.map((port) => [port, this.#mortal(port, store[port])]))
    return { ...store, ...(ports as Pick<Store, Port>) }
  }

  #mortal<P extends object>(name: Port, port: P): P {
    return new Proxy(port, {
      get: (target, method) => {
        const member: unknown = Reflect.get(target, method, target)
        if (typeof member !== 'function') return member
        return (...args: unknown[]): unknown => {
          if (name === 'bus' && method === 'publish')
            return this.isDead ? undefined : Reflect.apply(member, target, args)
          return this.#call(callOf(name, method, args), async () => Reflect.apply(member, target, args) as unknown)
        }
      },
    })
  }

  async #call(call: string, run: () => Promise<unknown>): Promise<unknown> {
    const isTrim = call === 'trim' && this.#between > 0
    if (isTrim) this.#between--
    this.#pass(isTrim ? 'between' : `before ${call}`)
    const fault = call === 'append' ? this.#takeFault() : undefined
    if (fault === 'refuse') throw fail('UNAVAILABLE', 'the store refused, as the test wished')
    if (call === 'append') await this.#slowly('appends')
    const result = await run()
    if (call === 'append') await this.#slowly('answers')
    this.#pass(`after ${call}`)
    if (call === 'snapshot' && (result as { readonly isWritten: boolean }).isWritten) this.#between++
    if (fault === 'lose the answer')
      throw fail('OUTCOME_UNKNOWN', 'the answer of the store was lost, as the test wished')
    return result
  }

  async #slowly(what: Held): Promise<void> {
    const held = this.#held
    if (held?.what !== what) return
    await new Promise<void>((resolve) => held.waiting.push(resolve))
    this.#pass('slow')
  }

  #takeFault(): StoreFault | undefined {
    const { fault } = this
    this.fault = undefined
    return fault
  }

  #pass(place: string): void {
    if (!this.isDead && place === this.death) {
      this.isDead = true
      this.#died(this.death)
    }
    if (this.isDead) throw fail('UNAVAILABLE', 'the process is dead, as the test wished')
  }
}

/** A write of a blob is known by the name of the blob. */
function callOf(port: Port, method: string | symbol, args: readonly unknown[]): string {
  if (port === 'blobs' && method === 'write') return (args[1] as { readonly name: string }).name
  return String(method)
}
