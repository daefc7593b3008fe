import { logLevels } from '@millrace/app-charts/server'
import { errorLine, logLine } from './error-line.ts'
import { openDemos, type Demos } from './open-demos.ts'
import { readSettings } from './settings.ts'

/** `npm start` promises to be gone 5 s after a signal. */
const closeDeadlineMs = 4_000

export interface Surroundings {
  /** Stops the cluster's Redis for five seconds; where the parent of this process started it. */
  readonly freeze?: (() => void) | undefined
}

/**
 * Serves every demo until SIGINT or SIGTERM. Ends the process itself: with 0 after a signal, with 1 where it cannot start.
 *
 * @returns The port; undefined where a signal came first.
 */
export async function main(env: NodeJS.ProcessEnv, { freeze }: Surroundings = {}): Promise<number | undefined> {
  const stop = stopOnSignals(env.NODE_ENV === 'production' || Boolean(env.REDIS_URL))
  process.on('unhandledRejection', report)
  try {
    const settings = readSettings(env)
    const demos = await openDemos({
      settings,
      freeze,
      onLine: (line) => {
        if (logLevels.indexOf(line.level) >= logLevels.indexOf(settings.logLevel)) process.stdout.write(logLine(line))
      },
      onError: report,
    })
    stop.demos = demos
    const port = await demos.listen()
    console.log(`Millrace is running on ${addressOf(settings.host, port)}`)
    return port
  } catch (error) {
    if (stop.stage !== 'serving') return undefined
    console.error(`Millrace cannot start: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
}

function addressOf(host = 'localhost', port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function report(error: unknown): void {
  process.stderr.write(errorLine(error, new Date()))
}

interface Stop {
  demos: Demos | undefined
  stage: 'serving' | 'draining' | 'closing'
}

/**
 * Closes what is open and exits; where other nodes can take the clients, SIGTERM drains before. A signal during a drain ends it;
 * another one later, such as Ctrl-C in a terminal gives to npm and to us, changes nothing.
 */
function stopOnSignals(canDrain: boolean): Stop {
  const stop: Stop = { demos: undefined, stage: 'serving' }
  const drain = (demos: Demos): void => {
    stop.stage = 'draining'
    const isLast = (): boolean => stop.stage === 'draining'
    demos
      .drain()
      .catch((error: unknown) => isLast() && report(error))
      .finally(() => isLast() && process.exit(0))
      .catch(report)
  }
  const close = (): void => {
    stop.stage = 'closing'
    setTimeout(() => process.exit(0), closeDeadlineMs)
    Promise.resolve(stop.demos?.close())
      .catch(report)
      .finally(() => process.exit(0))
      .catch(report)
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    const { demos, stage } = stop
    if (stage === 'serving' && signal === 'SIGTERM' && canDrain && demos) drain(demos)
    else if (stage !== 'closing') close()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return stop
}
