/** Makes the Socket.IO servers of all nodes one. */
export interface SocketIoAdapter {
  /** For `io.adapter(...)`: an adapter of a namespace. */
  readonly Adapter: new (namespace: object) => object
  /** Resolves when the namespaces that there are hear other nodes, or `onError` was told why they do not yet. Never rejects. */
  ready(): Promise<void>
}
