import type {
  NamespaceEvents,
  NamespaceSocket,
  Transport,
  TransportConnection,
  TransportEvents,
  TransportOptions,
} from '@millrace/client'

export interface Sent {
  readonly name: string
  // Tests look into arguments of every shape.
  readonly argument: Record<string, unknown>
  readonly ack: (answer: unknown) => void
}

/** The server's end of one namespace, played by a test. */
export class FakeNamespace implements NamespaceSocket {
  readonly auth: Readonly<Record<string, unknown>>
  readonly events: NamespaceEvents
  readonly sent: Sent[] = []

  constructor(auth: Readonly<Record<string, unknown>>, events: NamespaceEvents) {
    this.auth = auth
    this.events = events
  }

  emit(name: string, argument: unknown, ack: (answer: unknown) => void = () => {}): void {
    this.sent.push({ name, argument: argument as Record<string, unknown>, ack })
  }

  greet(maxPayloadBytes = 1_000): void {
    this.send('~hello', { node: 'n1', connection: 'c1', at: 0, maxPayloadBytes, fingerprint: '' })
  }

  send(name: string, argument: unknown, answer?: (value: unknown) => void): void {
    this.events.received(name, argument, answer)
  }

  /** The oldest packet of this name that no test has taken yet. */
  take(name: string): Sent {
    const index = this.sent.findIndex((sent) => sent.name === name)
    const [taken] = index === -1 ? [] : this.sent.splice(index, 1)
    if (!taken) throw new Error(`nothing named ${name} was sent, only ${this.sent.map((sent) => sent.name).join(' ')}`)
    return taken
  }
}

export class FakeConnection implements TransportConnection {
  readonly options: TransportOptions
  readonly #events: TransportEvents
  readonly namespaces = new Map<string, FakeNamespace>()
  isClosed = false

  constructor(options: TransportOptions, events: TransportEvents) {
    this.options = options
    this.#events = events
  }

  open(namespace: string, auth: Readonly<Record<string, unknown>>, events: NamespaceEvents): NamespaceSocket {
    const fake = new FakeNamespace(auth, events)
    this.namespaces.set(namespace, fake)
    return fake
  }

  close(): void {
    this.isClosed = true
  }

  /** The network or the server ends it. */
  break(reason = 'transport close'): void {
    if (!this.isClosed) this.#events.closed(reason)
  }
}

/** A transport whose other end is the test. */
export class FakeTransport implements Transport {
  readonly connections: FakeConnection[] = []

  connect(options: TransportOptions, events: TransportEvents): TransportConnection {
    const connection = new FakeConnection(options, events)
    this.connections.push(connection)
    return connection
  }

  get last(): FakeConnection {
    const last = this.connections.at(-1)
    if (!last) throw new Error('nothing connected yet')
    return last
  }

  namespace(name = '/chat'): FakeNamespace {
    const namespace = this.last.namespaces.get(name)
    if (!namespace) throw new Error(`${name} was not opened`)
    return namespace
  }
}
