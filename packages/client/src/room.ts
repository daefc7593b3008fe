import type { EventEntry } from '@millrace/contract'
import { askHistory } from './ask-history.ts'
import { ask } from './ask.ts'
import type { CallOptions } from './call.ts'
import { checkInput, whenParsed } from './check-input.ts'
import type { Host } from './host.ts'
import type { Listener, Off } from './listeners.ts'
import { unwrap, type Outcome } from './outcome.ts'
import { setPresence } from './own-presence.ts'
import { memberEvent, publish, type Published } from './publish.ts'
import type { HistoryQuery, PastPage } from './read-history.ts'
import type { RoomSession } from './room-session.ts'
import type { UntypedQuery } from './series/view-plan.ts'

/** A room as the application holds it; `RoomClient` is its type. */
export class Room {
  /** Not for the application. */
  readonly session: RoomSession
  readonly presence: object
  readonly #host: Host

  constructor(host: Host, session: RoomSession) {
    const { presence } = session.inbox
    this.#host = host
    this.session = session
    this.presence = {
      get count(): number {
        return presence.count
      },
      members: () => presence.list(),
      on: (listener: Listener): Off => presence.listeners.add('change', listener),
      set: (state: unknown) => setPresence(host, session, state),
    }
  }

  on(name: string, listener: Listener): Off {
    return this.session.listeners.add(name, listener)
  }

  join(options: { readonly presence?: unknown } = {}): Promise<unknown> {
    const session = this.session
    return new Promise((resolve, reject) => {
      void whenParsed(session.checkPresence(options.presence), (checked) => {
        if (!checked.ok) return reject(checked.error)
        session.presenceState = options.presence
        return resolve(session.join())
      })
    })
  }

  leave(): Promise<void> {
    return this.session.leave()
  }

  request(name: string, input: unknown, options?: CallOptions): Promise<unknown> {
    return unwrap(this.tryRequest(name, input, options))
  }

  tryRequest(name: string, input: unknown, options?: CallOptions): Promise<Outcome> {
    const { lane, address } = this.session
    return ask(this.#host, lane, address.entry.requests, name, input, options)
  }

  publish(name: string, payload: unknown, options: CallOptions = {}): Promise<Published | undefined> | void {
    const { lane, address } = this.session
    const entry = memberEvent(address.entry, name)
    if (entry.delivery !== 'volatile') return publish(this.#host, lane, name, entry, payload, options)
    lane.serial.run(() => this.#publishVolatile(name, entry, payload))
  }

  history(query: HistoryQuery & CallOptions = {}): Promise<PastPage> {
    return askHistory(this.#host, this.session, query)
  }

  state(name: string): ReadonlyMap<string, unknown> {
    return this.session.inbox.state.get(name)
  }

  series(name: string): object {
    return {
      view: (query: UntypedQuery) =>
        import('./series/open-view.ts').then(({ openView }) => openView(this.#host, this.session, name, query)),
    }
  }

  #publishVolatile(name: string, { payload: schema, version }: EventEntry, input: unknown): void | Promise<void> {
    return whenParsed(checkInput(schema, input, `payload of ${name}`), (checked) => {
      if (checked.ok) this.session.emit(name, { input, version: version === 1 ? undefined : version })
      else this.#host.report(checked.error)
    })
  }
}
