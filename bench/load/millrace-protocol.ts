import {
  fingerprint,
  parseFrame,
  step,
  wireNames,
  type Position,
  type WireAnswer,
  type WireJoined,
  type WirePoints,
  type WireState,
  type WireStateUpdate,
  type WireView,
} from '@millrace/contract'
import { benchContract } from '../contenders/millrace-contract.ts'
import { roomKind } from '../contenders/room-kind.ts'
import type { Payload, Quote } from '../payload.ts'
import { PointsReader, viewedOf, type ChartQuery } from './chart-view.ts'
import { decodePacket, encodeConnect, encodeEvent, pong, type Packet } from './packet.ts'
import type { Protocol, Session, SessionOptions } from './session.ts'

/** The frames of docs/protocol.md. Every link of every frame is checked, as a client has to. */
export const millraceProtocol: Protocol = {
  sign: pong,
  path: () => '/socket.io/?EIO=4&transport=websocket',
  open: (options) => new MillraceSession(options),
}

const { namespace } = benchContract
const contractFingerprint = fingerprint(benchContract)
const joinId = 0
const unexpected = new Set<unknown>([wireNames.gap, wireNames.kick, wireNames.close, wireNames.drain])

class MillraceSession implements Session {
  readonly #options: SessionOptions
  #lastId = joinId
  /** Answered before the next request is made. */
  #lastKey: string | undefined
  #top: Position | undefined
  #room = 0
  #reader: PointsReader | undefined
  #view: WireView | undefined
  #stateTop: Pick<WireStateUpdate, 'epoch' | 'version'> | undefined

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get bookmark(): Position | undefined {
    return this.#top
  }

  opened(): void {}

  received(text: string): void {
    const { listener, send } = this.#options
    const packet = decodePacket(text)
    switch (packet.kind) {
      case 'event':
        if (packet.args[0] === wireNames.frame) return this.#frame(packet.args[1])
        if (packet.args[0] === wireNames.points) return this.#points(packet.args[1] as WirePoints)
        if (packet.args[0] === wireNames.state) return this.#state(packet.args[1] as WireState)
        if (!unexpected.has(packet.args[0]) || this.#mayBeSlow(packet.args)) return
        return listener.failed(`the server sent ${text.slice(0, 200)}`)
      case 'ack':
        return this.#answer(packet)
      case 'ack before bytes':
        this.#view = (packet.args[0] as { data: WireView }).data
        return
      case 'ping':
        return send(pong)
      case 'open':
        return send(encodeConnect(namespace, this.#handshake()))
      case 'connect':
        return this.#join()
      case 'refused':
        return listener.failed(`the server refused the connection: ${JSON.stringify(packet.data)}`)
      default:
        return listener.failed(`the server sent ${text.slice(0, 100)}`)
    }
  }

  request(payload: Payload): void {
    const id = ++this.#lastId
    const key = `bench-${this.#options.index}-${id}`
    const settled = this.#lastKey === undefined ? {} : { settled: [this.#lastKey] }
    this.#lastKey = key
    this.#options.send(encodeEvent(namespace, ['echo', { input: payload, key, ...settled }], id))
  }

  /** A reader that stalled for a minute is closed; the end of the connection tells the load. */
  #mayBeSlow([name, reason]: readonly unknown[]): boolean {
    const isHeavy = roomKind(this.#options.room) === 'heavy'
    return isHeavy && name === wireNames.close && (reason as { readonly code: string }).code === 'SLOW'
  }

  receivedBytes(bytes: Buffer): void {
    if (this.#view === undefined) throw new Error('bytes came that no answer announced')
    this.#options.listener.viewed(viewedOf(this.#view.counts, bytes, this.#view.columnMs, this.#view.packed))
  }

  view(query: ChartQuery): void {
    this.#reader = new PointsReader(query.keys)
    this.#options.send(
      encodeEvent(
        namespace,
        [wireNames.view, { room: this.#room, series: 'price', packed: 1, ...query }],
        ++this.#lastId,
      ),
    )
  }

  unview(): void {
    const view = this.#view?.view
    this.#options.send(encodeEvent(namespace, [wireNames.unview, { room: this.#room, view }]))
  }

  #points({ view, epoch, since, tracks }: WirePoints): void {
    const { listener } = this.#options
    if (view !== this.#view?.view || epoch !== this.#view.epoch)
      return listener.failed(`points came of view ${view} of ${epoch}, which this client does not have`)
    for (const quote of this.#reader?.newest(since, tracks) ?? []) listener.delivered(quote)
  }

  #handshake(): object {
    const { token, index } = this.#options
    return { token, millrace: 1, client: `bench-client-${index}`, fingerprint: contractFingerprint }
  }

  #join(): void {
    const { room: id, bookmark, send } = this.#options
    const position = bookmark === undefined ? {} : { position: bookmark }
    send(encodeEvent(namespace, [wireNames.join, { room: roomKind(id), params: { id }, ...position }], joinId))
  }

  #answer({ id, args }: Packet & { kind: 'ack' }): void {
    const { listener, bookmark } = this.#options
    const answer = args[0] as WireAnswer
    if (!answer.ok) return listener.failed(`the server answered ${JSON.stringify(answer.error)}`)
    if (id !== joinId) return listener.answered(answer.data as Payload)
    const { room, position, recovered, state } = answer.data as WireJoined
    if (bookmark !== undefined && !recovered) return listener.failed('the server did not recover the position')
    this.#room = room
    this.#top = position
    if (state !== undefined) this.#state(state)
    listener.joined()
  }

  /** Newer versions only, of one epoch. */
  #state({ epoch, version, kind, values }: WireStateUpdate): void {
    const { listener } = this.#options
    const last = this.#stateTop
    if (last !== undefined && (kind !== 'change' || epoch !== last.epoch || version <= last.version))
      return listener.failed(`a ${kind} of the state to version ${version} of ${epoch} came after ${last.version}`)
    this.#stateTop = { epoch, version }
    for (const [, , payload] of values) listener.delivered(payload as Quote)
  }

  #frame(value: unknown): void {
    const { listener } = this.#options
    const frame = parseFrame(value)
    if (frame?.kind === 'volatile') {
      for (const [, payload] of frame.entries) listener.delivered(payload as Payload)
      return
    }
    if (frame?.kind !== 'full' || !this.#top)
      return listener.failed(`not a full frame: ${JSON.stringify(value).slice(0, 200)}`)
    const relation = step(this.#top, { epoch: frame.epoch, offset: frame.from, prev: frame.prev, id: frame.id })
    if (relation !== 'next')
      return listener.failed(`a frame from ${frame.from} after ${this.#top.offset} is ${relation}, not next`)
    this.#top = { epoch: frame.epoch, offset: frame.to, id: frame.id }
    for (const entry of frame.entries) {
      if (!entry) return listener.failed(`an entry of the frame from ${frame.from} is withheld`)
      listener.delivered(entry[2] as Payload)
    }
  }
}
