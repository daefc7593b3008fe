import { fail, type EventEntry, type MillraceError, type Parsed } from '@millrace/contract'
import { ask, tryAsk, type Outcome } from './ask.ts'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import type { JoinAnswer, JoinOptions } from './joining.ts'
import type { Listener, Off } from './listeners.ts'
import type { Member } from './members.ts'
import { checkPresence, sendPresence } from './own-presence.ts'
import { memberEvent, publish, publishVolatile, type Published } from './publish.ts'
import { askHistory } from './ask-history.ts'
import type { HistoryQuery, PastPage } from './read-history.ts'
import type { RoomSession } from './room-session.ts'

/** A room as the application holds it; `RoomClient` is its type. */
export class Room {
  readonly presence: Presence | undefined
  readonly #host: Host
  readonly #session: RoomSession

  constructor(host: Host, session: RoomSession) {
    this.#host = host
    this.#session = session
    this.presence = session.address.entry.presence && new Presence(host, session)
  }

  on(name: string, listener: Listener): Off {
    return this.#session.listeners.add(name, listener)
  }

  join(options: JoinOptions & { readonly presence?: unknown } = {}): Promise<JoinAnswer> {
    const { presence } = this.#session.address.entry
    if (!presence) return this.#session.join(options)
    const checked = checkPresence(presence, options.presence)
    return checked instanceof Promise ? checked.then((parsed) => this.#join(parsed, options)) : this.#join(checked, options)
  }

  leave(): Promise<void> {
    return this.#session.leave()
  }

  async request(name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
    const absent = notWanted(this.#session, `request ${name}`)
    if (absent) throw absent
    return ask(this.#host, this.#session.lane, this.#session.address.entry.requests, name, input, options)
  }

  tryRequest(name: string, input: unknown, options: CallOptions = {}): Promise<Outcome> {
    return tryAsk(() => this.request(name, input, options))
  }

  publish(name: string, payload: unknown, options: CallOptions = {}): Promise<Published | undefined> | void {
    const { lane, address } = this.#session
    const entry = memberEvent(address.entry, name)
    if (entry.delivery !== 'volatile') return this.#publish(name, entry, payload, options)
    publishVolatile(lane, name, entry, payload, (argument) => this.#session.emit(name, argument), this.#host.report)
  }

  async history(query: HistoryQuery & CallOptions = {}): Promise<PastPage> {
    const absent = notWanted(this.#session, 'history')
    if (absent) throw absent
    return askHistory(this.#host, this.#session, query)
  }

  state(name: string): ReadonlyMap<string, unknown> {
    return this.#session.inbox.state.get(name)
  }

  #join(presence: Parsed<unknown>, options: JoinOptions & { readonly presence?: unknown }): Promise<JoinAnswer> {
    if (!presence.ok) return Promise.reject(presence.error)
    this.#session.presenceState = options.presence
    return this.#session.join(options)
  }

  async #publish(name: string, entry: EventEntry, payload: unknown, options: CallOptions): Promise<Published | undefined> {
    const absent = notWanted(this.#session, `event ${name}`)
    if (absent) throw absent
    return publish(this.#host, this.#session.lane, name, entry, payload, options)
  }
}

/** Who is in the room, and what this client says of itself; `RoomPresence` is its type. */
class Presence {
  readonly #host: Host
  readonly #session: RoomSession

  constructor(host: Host, session: RoomSession) {
    this.#host = host
    this.#session = session
  }

  get count(): number {
    return this.#session.inbox.presence.count
  }

  members(): readonly Member[] {
    return this.#session.inbox.presence.list()
  }

  on(listener: Listener): Off {
    return this.#session.inbox.presence.on(listener)
  }

  set(state: unknown): Promise<void> {
    return sendPresence(this.#host, this.#session, state)
  }
}

function notWanted(session: RoomSession, what: string): MillraceError | undefined {
  if (session.isWanted) return undefined
  return fail('DISCONNECTED', `${what} was not sent, since this client is not in ${session.what}; call join() first`)
}
