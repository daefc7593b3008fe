import type { Position } from '@millrace/contract'
import type { OracleRecord, SeededRandom } from '@millrace/testing'
import { HonestLog } from './honest-log.ts'
import { ack, attempt, event, gap, history, joined, left, loss, refused, stored, top, unknown } from './lines.ts'

/** What happened in a world that keeps every promise, as its actors would write it. */
export class HonestWorld {
  readonly records: OracleRecord[] = []
  readonly #random: SeededRandom
  readonly #log: HonestLog
  readonly #members = new Map<string, Position>()
  readonly #unanswered = new Set<string>()
  #copy: HonestLog
  #attempts = 0

  constructor(random: SeededRandom, maxEvents: number) {
    this.#random = random
    this.#log = new HonestLog(maxEvents)
    this.#copy = this.#log.copy()
    if (maxEvents !== Infinity) this.records.push(history(maxEvents))
  }

  step(mayLose: boolean): void {
    const chance = this.#random.integer(100)
    if (chance < 40) this.#publish()
    else if (chance < 50) this.#retry()
    else if (chance < 85) this.#deliver(this.#random.integer(4))
    else if (chance < 92) this.#join()
    else if (chance < 94) this.#leave()
    else if (mayLose) this.#lose(chance)
  }

  finish(): void {
    for (const key of this.#unanswered) this.#answer(key)
    for (const name of this.#members.keys()) this.#catchUp(name, Infinity)
    this.records.push(
      ...this.#log.entries.map(({ key, position, prev }) => stored(key, position, prev)),
      top(this.#log.top),
    )
  }

  #publish(): void {
    const key = `k${++this.#attempts}`
    this.records.push(attempt(key))
    const outcome = this.#random.integer(10)
    if (outcome === 0) return void this.records.push(refused(key))
    if (outcome > 1) this.#log.append(key) // else it was lost on its way
    if (outcome > 4) this.#answer(key)
    else if (outcome === 4) this.records.push(unknown(key))
    else this.#unanswered.add(key)
  }

  #retry(): void {
    const [key] = this.#unanswered
    if (key !== undefined) this.#answer(key)
  }

  #answer(key: string): void {
    this.#unanswered.delete(key)
    this.records.push(ack(key, this.#log.append(key)))
  }

  #deliver(count: number): void {
    const names = [...this.#members.keys()]
    if (names.length > 0) this.#catchUp(this.#random.pick(names), count)
  }

  #catchUp(name: string, count: number): void {
    for (let left = count; left > 0; left--) {
      const from = this.#members.get(name)!
      const next = this.#log.after(from)
      if (next === undefined) return
      this.#members.set(name, next.position)
      if (next.kind === 'entry') this.records.push(event(next.key, next.position, name))
      else this.records.push(gap(next.reason, from, next.position, name))
    }
  }

  #join(): void {
    const name = this.#random.pick(['bob', 'cleo', 'dan'])
    if (this.#members.has(name)) return
    this.#members.set(name, this.#log.top)
    this.records.push(joined(name))
  }

  #leave(): void {
    const [name] = this.#members.keys()
    if (name === undefined) return
    this.#members.delete(name)
    this.records.push(left(name))
  }

  #lose(chance: number): void {
    if (chance < 97) {
      this.#copy = this.#log.copy()
    } else if (chance < 99) {
      this.#log.restore(this.#copy)
      this.records.push(loss('restored'))
    } else {
      this.#log.erase()
      this.#copy = this.#log.copy()
      this.records.push(loss('erased'))
    }
  }
}
