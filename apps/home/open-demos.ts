import { randomInt } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { createArena } from '@millrace/app-arena/server'
import { createCharts, nodeNameOf, NodeLog, overhear, type SaidLine } from '@millrace/app-charts/server'
import { createChat, openChatStore } from '@millrace/app-chat/server'
import { createCollab, openCollabStore } from '@millrace/app-collab/server'
import { redis } from '@millrace/redis'
import { createServer, type StoreProvider } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { createAuthenticate } from './authenticate.ts'
import { servePages } from './pages.ts'
import { guestOf, isGuest, withoutGuests } from './pulse/guest.ts'
import { lendStore } from './pulse/lend-store.ts'
import { mountPulse } from './pulse/mount-pulse.ts'
import { keepSessionSecret } from './session-secret.ts'
import type { User } from './session-token.ts'
import { serveSession } from './session.ts'
import type { Settings } from './settings.ts'

export interface Demos {
  /** @returns The port. */
  listen(): Promise<number>
  /** Moves the clients to other nodes, then closes. */
  drain(): Promise<void>
  close(): Promise<void>
}

export interface DemoOptions {
  readonly settings: Settings
  /** Stops the cluster's Redis for five seconds, where this process's parent can. */
  readonly freeze?: (() => void) | undefined
  /** Takes each line of the log as it is said, but not the errors. */
  readonly onLine?: (line: SaidLine) => void
  /** Errors that nobody waits for. */
  readonly onError: (error: unknown) => void
}

const isSource = import.meta.filename.endsWith('.ts')
const apps = join(import.meta.dirname, isSource ? '..' : '../..')

/**
 * Every demo on one server, with what they store.
 *
 * @throws Error of one sentence where a folder, a file or the database cannot be used.
 */
export async function openDemos({ settings, freeze, onLine, onError }: DemoOptions): Promise<Demos> {
  const { dataFolder, databaseUrl, publicOrigin, host, sessionSecret, isProduction } = settings
  const log = new NodeLog({ isPublic: isProduction, ...(onLine ? { write: onLine } : {}) })
  const report = (error: unknown): void => {
    onError(error)
    log.fault(error)
  }
  await makeFolder(dataFolder)
  const secret = sessionSecret ? new TextEncoder().encode(sessionSecret) : await keepSessionSecret(dataFolder)
  const lent = lendStore(storeOf(settings))
  const authenticate = createAuthenticate(secret)
  const server = createServer<User>({
    store: lent.provider,
    authenticate: (handshake) => guestOf(handshake) ?? authenticate(handshake),
    origins: publicOrigin === undefined ? 'same-origin' : [publicOrigin],
    trustProxy: settings.trustProxy,
    // Pictures of the chat travel in its messages.
    limits: { maxPayloadBytes: 512 * 1024 },
    onError: report,
  })
  const place = (file: string) => (databaseUrl ? { databaseUrl } : { file: join(dataFolder, file) })
  const stores = {
    chat: await openChatStore(place('chat.sqlite')),
    collab: await openCollabStore(place('collab.sqlite')),
  }
  const closeStores = () => Promise.all([stores.chat.close(), stores.collab.close()])
  const monotonicMs = (): number => performance.now()
  const parts = { rooms: server, monotonicMs, onError: report }
  const chat = createChat({ ...parts, store: stores.chat })
  const collab = createCollab({ ...parts, store: stores.collab })
  for (const { implementation } of [chat, collab]) server.mount(withoutGuests(overhear(implementation, log)))
  const pulse = mountPulse({
    server,
    store: lent.store,
    nodeName: settings.nodeName,
    canKill: !isProduction,
    freeze: isProduction ? undefined : freeze,
    log,
    onError: report,
  })
  const shared = { server, store: lent.store, nodeName: nodeNameOf(settings), onError: report }
  const charts = createCharts({ ...shared, log, maySetRate: (user) => !isProduction || !isGuest(user) })
  const arena = createArena({ ...shared, monotonicMs, seed: randomInt(2 ** 32) })
  for (const { implementation } of [charts, arena]) server.mount(overhear(implementation, log))
  const handler = createHandler(settings, secret, report)
  const stop = async (why: string): Promise<void> => {
    log.say('info', why)
    pulse.stop()
    await Promise.all([arena.stop(), charts.stop()])
  }
  return {
    listen: async () => {
      const port = await server.listen(settings.port, { ...(host === undefined ? {} : { host }), handler })
      log.say('info', `listens on port ${port}, process ${process.pid}, Node.js ${process.version}`)
      pulse.start()
      charts.start()
      arena.start()
      await chat.publishMissed()
      await collab.start()
      return port
    },
    drain: async () => {
      // It is not ready from now on, and open for some time yet.
      await Promise.all([stop('drains: its clients move to other nodes'), server.drain()])
      await closeStores()
    },
    close: async () => {
      await stop('closes')
      await server.close()
      await closeStores()
    },
  }
}

/** A Redis makes this process a node of a cluster; a file is its own. */
function storeOf({ redisUrl, dataFolder }: Settings): StoreProvider {
  return redisUrl === undefined ? sqlite({ file: join(dataFolder, 'millrace.sqlite') }) : redis({ url: redisUrl })
}

function createHandler(settings: Settings, secret: Uint8Array, onError: DemoOptions['onError']): RequestListener {
  const session = serveSession({ ...settings, secret, onError })
  const pages = servePages({
    folders: Object.fromEntries([
      ...['chat', 'charts', 'arena', 'collab'].map((app) => [`/${app}/`, join(apps, app, 'dist/web')]),
      ['/', join(apps, 'home/dist/web')],
    ]),
    isWatching: isSource,
  })
  return (request, response) => {
    const isSession = request.url?.split('?')[0] === '/session'
    return isSession ? session(request, response) : pages(request, response)
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw new Error(`the folder ${folder} cannot be created; set DATA_DIR to one that this user may write to`, {
      cause,
    })
  }
}
