import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { spawnTied, type TiedProcess } from './spawn-tied.ts'
import { untilLine } from './until-line.ts'

export interface LoadBalancer extends AsyncDisposable {
  /** Of the master, which outlives reloads. */
  readonly pid: number
  /** Those that serve now. Another one after a reload, beside those that still have connections. */
  workerPid(): Promise<number>
  /** SIGUSR2: a new worker takes over the ports; the old one serves its connections until they end. */
  reload(config?: string): Promise<void>
  /** SIGKILL of master and workers; every connection breaks. */
  kill(): Promise<void>
  /** After a kill. */
  restart(): Promise<void>
}

/**
 * HAProxy as master and worker, with the text of a configuration. It ends with this process.
 *
 * @param config Without `master-worker` and `daemon`: both come from the command line.
 */
export async function startHaproxy(config: string): Promise<LoadBalancer> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-haproxy-'))
  const file = join(folder, 'haproxy.cfg')
  const masterSocket = join(folder, 'master.sock')
  writeFileSync(file, config)
  let master = await spawnHaproxy(file, masterSocket)
  const workerPid = () => readWorkerPid(masterSocket)
  const kill = async (): Promise<void> => {
    master.signal('SIGKILL')
    await master.exited
  }
  return {
    get pid() {
      return master.pid
    },
    workerPid,
    async reload(next = config) {
      writeFileSync(file, next)
      const before = await workerPid()
      const isLoaded = untilLine(master.stderr, isStarted, 'HAProxy')
      master.signal('SIGUSR2')
      await isLoaded
      if ((await workerPid()) === before) throw new Error('HAProxy kept its worker; read what it wrote to stderr')
    },
    kill,
    async restart() {
      await kill()
      master = await spawnHaproxy(file, masterSocket)
    },
    async [Symbol.asyncDispose]() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const isStarted = (line: string): boolean => line.includes('Loading success')

async function spawnHaproxy(file: string, masterSocket: string): Promise<TiedProcess> {
  if (!process.env.MILLRACE_HAPROXY) throw new Error('HAProxy is missing; install the package haproxy')
  const master = await spawnTied(process.env.MILLRACE_HAPROXY, ['-W', '-S', masterSocket, '-f', file])
  master.stdout.resume()
  await untilLine(master.stderr, isStarted, 'HAProxy')
  return master
}

/** How long the master may take to answer again after a start or a reload. */
const answerWithinMs = 20_000

/**
 * `show proc` lists `<pid> worker ...` under `# workers`, and those of earlier loads under `# old workers`. After a load the
 * master executes itself once more, and does not answer for a moment.
 */
async function readWorkerPid(masterSocket: string): Promise<number> {
  const deadline = performance.now() + answerWithinMs
  for (;;) {
    try {
      const socket = connect(masterSocket)
      socket.end('show proc\n')
      const pid = /^# workers\n(\d+)/m.exec(await text(socket))?.[1]
      if (pid === undefined) throw new Error('HAProxy has no worker; read its configuration')
      return Number(pid)
    } catch (error) {
      if (performance.now() > deadline) throw error
      await pause(20)
    }
  }
}
