import {
  fail,
  fingerprint,
  parse,
  roomKey,
  type Contract,
  type MillraceError,
  type WireAnswer,
  type WireHandshake,
  type WireHello,
} from '@millrace/contract'
import { answerQuestion, type QuestionHandler } from './answer-question.ts'
import { Arrivals } from './arrivals.ts'
import { ask, tryAsk, type Outcome } from './ask.ts'
import type { CallOptions } from './call.ts'
import type { Host } from './host.ts'
import { Listeners, type Listener, type Off } from './listeners.ts'
import type { Participant } from './participant.ts'
import { RoomEvents } from './room-events.ts'
import { RoomSession } from './room-session.ts'
import { Room } from './room.ts'
import { Serial } from './serial.ts'
import type { Lane } from './submit.ts'
import type { NamespaceSocket } from './transport.ts'

/** One contract of one client; `NamespaceClient` is the type that the application holds. */
export class NamespaceCore implements Participant {
  readonly contract: Contract
  readonly #host: Host
  readonly #fingerprint: string
  readonly #lane: Lane
  readonly #listeners: Listeners
  readonly #events: RoomEvents
  readonly #questions = new Map<string, QuestionHandler>()
  readonly #rooms = new Map<string, { readonly room: Room; readonly session: RoomSession }>()
  readonly #byHandle = new Map<number, RoomSession>()
  #socket: NamespaceSocket | undefined
  #hello: WireHello | undefined

  constructor(host: Host, contract: Contract) {
    this.contract = contract
    this.#host = host
    this.#fingerprint = fingerprint(contract)
    this.#lane = { name: contract.namespace, serial: new Serial(host.report) }
    this.#listeners = new Listeners(host.report)
    this.#events = new RoomEvents(contract.events, new Arrivals(host.report), host.report)
  }

  get namespace(): string {
    return this.contract.namespace
  }

  on(name: string, listener: Listener): Off {
    this.#host.start()
    return this.#listeners.add(name, listener)
  }

  request(name: string, input: unknown, options: CallOptions = {}): Promise<unknown> {
    return ask(this.#host, this.#lane, this.contract.requests, name, input, options)
  }

  tryRequest(name: string, input: unknown, options: CallOptions = {}): Promise<Outcome> {
    return tryAsk(() => this.request(name, input, options))
  }

  /** The newest function for a name counts. */
  answer(name: string, handler: QuestionHandler): Off {
    this.#host.start()
    this.#questions.set(name, handler)
    return () => {
      if (this.#questions.get(name) === handler) this.#questions.delete(name)
    }
  }

  /** The same object for the same parameters. Throws `INVALID_INPUT` where they do not fit. */
  room(name: string, params: unknown = {}): Room {
    const { rooms } = this.contract
    const entry = rooms && Object.hasOwn(rooms, name) ? rooms[name] : undefined
    if (!entry) throw fail('UNKNOWN_EVENT', `the contract has no room ${name}; check the name`)
    const parsed = entry.params ? parse(entry.params, params, `parameters of room ${name}`) : { ok: true as const, value: {} }
    if (parsed instanceof Promise) throw fail('INVALID_INPUT', `the parameters of room ${name} have an asynchronous schema; use a synchronous one`)
    if (!parsed.ok) throw parsed.error
    const key = roomKey(this.namespace, name, parsed.value)
    const known = this.#rooms.get(key)
    if (known) return known.room
    const session = new RoomSession(this.#host, { name, params, entry, key }, this.#byHandle)
    if (this.#socket && this.#hello) session.opened(this.#socket, this.#hello)
    const room = new Room(this.#host, session)
    this.#rooms.set(key, { room, session })
    return room
  }

  handshake(): WireHandshake {
    return { millrace: 1, client: this.#host.clientId, fingerprint: this.#fingerprint }
  }

  opened(socket: NamespaceSocket, hello: WireHello): void {
    this.#socket = socket
    this.#hello = hello
    this.#host.requests.open(this.#lane.name, { socket, maxPayloadBytes: hello.maxPayloadBytes, room: undefined })
    for (const { session } of this.#rooms.values()) session.opened(socket, hello)
  }

  received(name: string, argument: unknown, answer?: (value: unknown) => void): void {
    if (name.startsWith('~')) {
      const handle = (argument as { room?: number } | null)?.room
      if (handle !== undefined) this.#byHandle.get(handle)?.received(name, argument)
    } else if (answer) {
      this.#asked(name, argument).then(answer, this.#host.report)
    } else {
      this.#events.take(name, argument, undefined, (event, payload) => this.#listeners.call(event, payload))
    }
  }

  lost(): void {
    this.#socket = undefined
    this.#hello = undefined
    this.#host.requests.shut(this.#lane.name)
    for (const { session } of this.#rooms.values()) session.lost()
    this.#byHandle.clear()
  }

  /** Everything that waits ends: the namespace is not to be had. */
  refused(error: MillraceError): void {
    this.unreachable(error)
    this.#host.requests.abandon('DISCONNECTED', `cannot be sent, since ${error.message},`, this.#lane.name)
  }

  unreachable(error: MillraceError): void {
    for (const { session } of this.#rooms.values()) session.unreachable(error)
  }

  #asked(name: string, input: unknown): Promise<WireAnswer> {
    const { questions } = this.contract
    const entry = questions && Object.hasOwn(questions, name) ? questions[name] : undefined
    if (entry) return answerQuestion(entry, name, this.#questions.get(name), input, this.#host.report)
    const message = `this client's contract has no question ${name}; update the older side`
    return Promise.resolve({ ok: false, error: fail('CONTRACT_MISMATCH', message).toWire() })
  }
}
