/** What a session tells the load. */
export interface DocumentListener {
  /** Authenticated and in the document, which the updates make. */
  joined(updates: readonly Uint8Array[]): void
  /** One update came, of another client or, where the server echoes, of this one. */
  updated(update: Uint8Array): void
  /** The server has the oldest update that it has not acknowledged before. */
  acknowledged(): void
  /** The server refused, or said what it should not have said. */
  failed(reason: string): void
}

/** One client's half of a contender's protocol, without the socket. */
export interface DocumentSession {
  opened(): void
  receivedText(text: string): void
  receivedBytes(bytes: Uint8Array): void
  update(update: Uint8Array): void
}

export interface DocumentSessionOptions {
  readonly token: string
  /** Tells clients apart. */
  readonly index: number
  readonly document: string
  readonly send: (message: string | Uint8Array) => void
  readonly listener: DocumentListener
}

export interface DocumentProtocol {
  /** Whether the server says that it has an update. */
  readonly acknowledges: boolean
  /** Path and query of the handshake. */
  path(token: string, document: string): string
  open(options: DocumentSessionOptions): DocumentSession
}
