import { mkdir } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { createChat, openChatStore } from '@millrace/app-chat/server'
import { redis } from '@millrace/redis'
import { createServer, type StoreProvider } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { createAuthenticate } from './authenticate.ts'
import { servePages } from './pages.ts'
import { guestOf, withoutGuests } from './pulse/guest.ts'
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
export async function openDemos({ settings, freeze, onError }: DemoOptions): Promise<Demos> {
  const { dataFolder, databaseUrl, publicOrigin, host, sessionSecret } = settings
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
    onError,
  })
  const store = await openChatStore(databaseUrl ? { databaseUrl } : { file: join(dataFolder, 'chat.sqlite') })
  const chat = createChat({ store, rooms: server, monotonicMs: () => performance.now(), onError })
  server.mount(withoutGuests(chat.implementation))
  const pulse = mountPulse({
    server,
    store: lent.store,
    nodeName: settings.nodeName,
    canKill: !settings.isProduction,
    freeze: settings.isProduction ? undefined : freeze,
    onError,
  })
  const handler = createHandler(settings, secret, onError)
  return {
    listen: async () => {
      const port = await server.listen(settings.port, { ...(host === undefined ? {} : { host }), handler })
      pulse.start()
      await chat.publishMissed()
      return port
    },
    drain: async () => {
      pulse.stop()
      await server.drain()
      await store.close()
    },
    close: async () => {
      pulse.stop()
      await server.close()
      await store.close()
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
    folders: { '/chat/': join(apps, 'chat/dist/web'), '/': join(apps, 'home/dist/web') },
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
