import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createChat } from '@millrace/app-chat/server'
import { createServer, type Server } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { authenticate, type User } from './authenticate.ts'
import { errorLine } from './error-line.ts'
import { servePages } from './pages.ts'
import { readSettings, type Settings } from './settings.ts'

/** `npm start` promises to be gone 5 s after a signal. */
const closeDeadlineMs = 4_000

const isSource = import.meta.filename.endsWith('.ts')
const apps = join(import.meta.dirname, isSource ? '..' : '../..')

/** Serves every demo until SIGINT or SIGTERM. Ends the process itself: with 0 after a signal, with 1 where it cannot start. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const stop = stopOnSignals()
  process.on('unhandledRejection', report)
  try {
    const settings = readSettings(env)
    const server = await openServer(settings)
    stop.server = server
    const port = await server.listen(settings.port, {
      ...(settings.host === undefined ? {} : { host: settings.host }),
      handler: servePages({
        folders: { '/chat/': join(apps, 'chat/dist/web'), '/': join(apps, 'home/dist/web') },
        isWatching: isSource,
      }),
    })
    console.log(`Millrace is running on ${addressOf(settings.host, port)}`)
  } catch (error) {
    if (stop.isStopping) return
    console.error(`Millrace cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

async function openServer(settings: Settings): Promise<Server<User>> {
  await makeFolder(settings.dataFolder)
  const server = createServer<User>({
    store: sqlite({ file: join(settings.dataFolder, 'millrace.sqlite') }),
    authenticate,
    origins: settings.publicOrigin === undefined ? 'same-origin' : [settings.publicOrigin],
    trustProxy: settings.trustProxy,
    onError: report,
  })
  return server.mount(createChat(() => performance.now()))
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

function addressOf(host = 'localhost', port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function report(error: unknown): void {
  process.stderr.write(errorLine(error, new Date()))
}

interface Stop {
  server: Pick<Server, 'close'> | undefined
  isStopping: boolean
}

/** Closes the server and exits. A second signal, such as Ctrl-C in a terminal gives to npm and to us, changes nothing. */
function stopOnSignals(): Stop {
  const stop: Stop = { server: undefined, isStopping: false }
  const onSignal = (): void => {
    if (stop.isStopping) return
    stop.isStopping = true
    setTimeout(() => process.exit(0), closeDeadlineMs)
    Promise.resolve(stop.server?.close())
      .catch(report)
      .finally(() => process.exit(0))
      .catch(report)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return stop
}
