import { Server, type Configuration } from '@hocuspocus/server'
import { applyUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs'
import { usersByToken } from '../users.ts'
import type { DocumentContender } from './document-contender.ts'

/** Hocuspocus as it comes: documents live in memory, and as long as somebody is connected. */
export async function startHocuspocus(): Promise<DocumentContender> {
  const holding: { disconnect(): void }[] = []
  const contender = await start({}, async ({ hocuspocus }, name, updates) => {
    const connection = await hocuspocus.openDirectConnection(name)
    holding.push(connection)
    await connection.transact((doc) => {
      for (const update of updates) applyUpdate(doc, update)
    })
  })
  return {
    ...contender,
    async [Symbol.asyncDispose]() {
      // It waits until every document is unloaded.
      for (const connection of holding) connection.disconnect()
      await contender[Symbol.asyncDispose]()
    },
  }
}

/** Hocuspocus with a store, in memory as Millrace's: what nobody looks at is unloaded. */
export function startStoredHocuspocus(): Promise<DocumentContender> {
  const states = new Map<string, Uint8Array>()
  const hooks: Partial<Configuration> = {
    async onLoadDocument({ document, documentName }) {
      const state = states.get(documentName)
      if (state) applyUpdate(document, state)
    },
    async onStoreDocument({ document, documentName }) {
      states.set(documentName, encodeStateAsUpdate(document))
    },
  }
  return start(hooks, async (_, name, updates) => {
    // What `onStoreDocument` would have stored.
    const doc = new Doc()
    applyUpdate(doc, mergeUpdates([...updates]))
    states.set(name, encodeStateAsUpdate(doc))
    doc.destroy()
  })
}

async function start(
  hooks: Partial<Configuration>,
  store: (server: Server, name: string, updates: readonly Uint8Array[]) => Promise<void>,
): Promise<DocumentContender> {
  const server = new Server({
    ...hooks,
    quiet: true,
    stopOnSignals: false,
    port: 0,
    address: '127.0.0.1',
    async onAuthenticate({ token }) {
      const user = usersByToken.get(token)
      if (!user) throw new Error('unknown token; send one of the bench')
      return { user }
    },
  })
  await server.listen()
  return {
    port: server.address.port,
    store: (name, updates) => store(server, name, updates),
    [Symbol.asyncDispose]: () => server.destroy(),
  }
}
