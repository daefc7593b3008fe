import type { PresenceEntry, WirePresenceUpdate } from '@millrace/contract'
import { mustParse } from './check-input.ts'
import { Listeners } from './listeners.ts'
import type { Serial } from './serial.ts'

/** One user in a room, with a meta for each of the user's connections. */
export interface Member<User = unknown, State = unknown> {
  readonly id: string
  readonly user: User
  readonly metas: readonly { readonly id: string; readonly state: State }[]
}

/** Who is in a room, as far as it has arrived. */
export class RoomPresence {
  /** Called under `change`. */
  readonly listeners: Listeners
  readonly #entry: PresenceEntry | undefined
  readonly #serial: Serial
  readonly #report: (error: unknown) => void
  readonly #byId = new Map<string, Member>()
  #count = 0

  constructor(entry: PresenceEntry | undefined, serial: Serial, report: (error: unknown) => void) {
    this.#entry = entry
    this.#serial = serial
    this.#report = report
    this.listeners = new Listeners(report)
  }

  get count(): number {
    return this.#count
  }

  list(): readonly Member[] {
    return [...this.#byId.values()]
  }

  update(update: WirePresenceUpdate): void {
    const entry = this.#entry
    if (!entry) return
    this.#serial.take(
      async () => ({ ok: true, value: await this.#parse(entry, update) }),
      (parsed) => {
        if (parsed.ok) this.#apply(update, parsed.value)
      },
    )
  }

  clear(): void {
    this.#byId.clear()
    this.#count = 0
  }

  #apply({ kind, left = [], count }: WirePresenceUpdate, changed: readonly Member[]): void {
    const staying = new Set(changed.map(({ id }) => id))
    const gone = kind === 'replace' ? [...this.#byId.keys()].filter((id) => !staying.has(id)) : left
    for (const id of gone) this.#byId.delete(id)
    for (const member of changed) this.#byId.set(member.id, member)
    this.#count = count
    this.listeners.call('change', { changed, left: gone, count })
  }

  /** A member with a part that does not fit is reported and left out. */
  async #parse(entry: PresenceEntry, { members }: WirePresenceUpdate): Promise<readonly Member[]> {
    const parsed: Member[] = []
    for (const { id, user, metas } of members) {
      try {
        const states = await Promise.all(metas.map((meta) => mustParse(entry.state, meta.state, 'state of presence')))
        const parsedMetas = metas.map((meta, index) => ({ id: meta.id, state: states[index] }))
        parsed.push({ id, user: await mustParse(entry.user, user, 'user of presence'), metas: parsedMetas })
      } catch (fault) {
        this.#report(fault)
      }
    }
    return parsed
  }
}
