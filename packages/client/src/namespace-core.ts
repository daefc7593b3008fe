import { fail, parse, roomKey, type Contract, type WireHandshake, type WireHello } from '@millrace/contract'
import { answerQuestion, type QuestionHandler } from './answer-question.ts'
import { ask } from './ask.ts'
import type { CallOptions } from './call.ts'
import { eventsInOrder, type TakeEvent } from './events-in-order.ts'
import { unknownName } from './faults.ts'
import type { Host } from './host.ts'
import { Listeners, type Listener, type Off } from './listeners.ts'
import { unwrap, type Outcome } from './outcome.ts'
import { own } from './own.ts'
import type { Participant } from './participant.ts'
import { RoomSession } from './room-session.ts'
import { Room } from './room.ts'
import { Serial } from './serial.ts'
import type { Lane } from './submit.ts'
import type { NamespaceSocket } from './transport.ts'

/** One contract of one client; `NamespaceClient` is the type that the application holds. */
export class NamespaceCore implements Participant {
  readonly contract: Contract
  readonly namespace: string
  readonly #host: Host
  readonly lane: Lane
  readonly #listeners: Listeners
  readonly #takeEvent: TakeEvent
  readonly #questions = new Map<string, QuestionHandler>()
  readonly #rooms = new Map<string, Room>()
  readonly #byHandle = new Map<number, RoomSession>()
  #link: readonly [NamespaceSocket, WireHello] | undefined
  #refusal: string | undefined

  constructor(host: Host, contract: Contract) {
    const { namespace, events } = contract
    const { report } = host
    this.contract = contract
    this.namespace = namespace
    this.#host = host
    this.lane = { name: namespace, serial: new Serial(report), fault: () => this.#refusal ?? host.start() }
    this.#listeners = new Listeners(report)
    this.#takeEvent = eventsInOrder(events, new Serial(report), report)
  }

  on(name: string, listener: Listener): Off {
    this.#host.start()
    return this.#listeners.add(name, listener)
  }

  request(name: string, input: unknown, options?: CallOptions): Promise<unknown> {
    return unwrap(this.tryRequest(name, input, options))
  }

  tryRequest(name: string, input: unknown, options?: CallOptions): Promise<Outcome> {
    return ask(this.#host, this.lane, this.contract.requests, name, input, options)
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
    const entry = own(this.contract.rooms, name)
    if (!entry) throw unknownName(`room ${name}`)
    const parsed = entry.params
      ? parse(entry.params, params, `parameters of room ${name}`)
      : { ok: true as const, value: {} }
    if (parsed instanceof Promise) throw fail('INVALID_INPUT', `parameters of room ${name} need a synchronous schema`)
    if (!parsed.ok) throw parsed.error
    const key = roomKey(this.namespace, name, parsed.value)
    const known = this.#rooms.get(key)
    if (known) return known
    const session = new RoomSession(this.#host, { name, params, entry, key }, this.#byHandle)
    if (this.#link) session.opened(...this.#link)
    const room = new Room(this.#host, session)
    this.#rooms.set(key, room)
    return room
  }

  handshake(): WireHandshake {
    return { millrace: 1, client: this.#host.clientId }
  }

  opened(socket: NamespaceSocket, hello: WireHello): void {
    this.#link = [socket, hello]
    this.#refusal = undefined
    this.#host.requests.open(this.namespace, { socket, maxPayloadBytes: hello.maxPayloadBytes, room: undefined })
    for (const { session } of this.#rooms.values()) session.opened(socket, hello)
  }

  received(name: string, argument: unknown, answer?: (value: unknown) => void): void {
    if (name.startsWith('~')) {
      const handle = (argument as { readonly room: number }).room
      this.#byHandle.get(handle)?.received(name, argument)
    } else if (answer) {
      answerQuestion(this.contract.questions, name, this.#questions, argument, this.#host.report).then(
        answer,
        this.#host.report,
      )
    } else {
      this.#takeEvent(name, argument, undefined, (event, payload) => this.#listeners.call(event, payload))
    }
  }

  lost(): void {
    this.#link = undefined
    this.#host.requests.shut(this.namespace)
    for (const { session } of this.#rooms.values()) session.lost()
  }

  refused(why: string): void {
    this.#refusal = why
    this.#host.requests.abandon(`cannot be sent: ${why}`, this.namespace)
    this.unreachable(why)
  }

  unreachable(why: string): void {
    for (const { session } of this.#rooms.values()) session.unreachable(why)
  }
}
