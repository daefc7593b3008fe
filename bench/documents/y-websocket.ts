import { docs, getYDoc, setupWSConnection } from '@y/websocket-server/utils'
import { applyUpdate } from 'yjs'
import type { DocumentContender } from './document-contender.ts'
import { openDocumentSockets } from './document-sockets.ts'

/** y-websocket's server without persistence, its default: documents stay in memory. */
export async function startYWebsocket(): Promise<DocumentContender> {
  const sockets = await openDocumentSockets((socket, docName, request) =>
    setupWSConnection(socket, request, { docName }),
  )
  return {
    port: sockets.port,
    async store(name, updates) {
      const doc = getYDoc(name)
      for (const update of updates) applyUpdate(doc, update)
    },
    async [Symbol.asyncDispose]() {
      await sockets[Symbol.asyncDispose]()
      // Their presence looks at itself by a timer.
      for (const doc of docs.values()) doc.destroy()
      docs.clear()
    },
  }
}
