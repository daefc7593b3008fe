import type { PresenceEntry, WirePresenceUpdate } from '@millrace/contract'
import type { Arrivals } from './arrivals.ts'
import { Listeners, type Listener, type Off } from './listeners.ts'
import { Members, type Member } from './members.ts'
import { parseMembers } from './parse-members.ts'

/** Who is in a room, as far as it has arrived. */
export class RoomPresence {
  readonly #members = new Members()
  readonly #entry: PresenceEntry | undefined
  readonly #arrivals: Arrivals
  readonly #report: (error: unknown) => void
  readonly #listeners: Listeners

  constructor(entry: PresenceEntry | undefined, arrivals: Arrivals, report: (error: unknown) => void) {
    this.#entry = entry
    this.#arrivals = arrivals
    this.#report = report
    this.#listeners = new Listeners(report)
  }

  get count(): number {
    return this.#members.count
  }

  list(): readonly Member[] {
    return this.#members.list()
  }

  on(listener: Listener): Off {
    return this.#listeners.add('change', listener)
  }

  update(update: WirePresenceUpdate): void {
    const entry = this.#entry
    if (!entry) return
    this.#arrivals.take(
      () => parseMembers(entry, update.members, this.#report),
      (parsed) => {
        if (!parsed.ok) return
        const left = this.#members.apply(update, parsed.value)
        this.#listeners.call('change', { changed: parsed.value, left, count: update.count })
      },
    )
  }

  clear(): void {
    this.#members.clear()
  }
}
