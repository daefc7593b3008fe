/** A server of documents under test, as its own process runs it. It authenticates every connection. */
export interface DocumentContender extends AsyncDisposable {
  readonly port: number
  /**
   * Stores a document that nobody has opened.
   *
   * @param updates Yjs updates, version 1, that make it.
   */
  store(name: string, updates: readonly Uint8Array[]): Promise<void>
}

/** Loads a contender only in the process that runs it, so that nobody's memory holds another one's modules. */
export const documentContenders = {
  hocuspocus: async () => (await import('./hocuspocus.ts')).startHocuspocus(),
  'hocuspocus-stored': async () => (await import('./hocuspocus.ts')).startStoredHocuspocus(),
  'y-websocket': async () => (await import('./y-websocket.ts')).startYWebsocket(),
  relay: async () => (await import('./relay.ts')).startRelay(),
  millrace: async () => (await import('./millrace.ts')).startMillraceDocuments(),
} as const satisfies Record<string, () => Promise<DocumentContender>>

export type DocumentContenderName = keyof typeof documentContenders

export const documentContenderNames = Object.keys(documentContenders) as DocumentContenderName[]

/** A relay knows nothing of what it relays. */
export function keepsDocuments(contender: DocumentContenderName): boolean {
  return contender !== 'relay'
}

export function isDocumentContenderName(name: string): name is DocumentContenderName {
  return Object.hasOwn(documentContenders, name)
}
