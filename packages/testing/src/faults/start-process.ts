import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { spawnTied, type Exit } from './spawn-tied.ts'

export interface ProcessOptions {
  readonly command: string
  readonly args?: readonly string[]
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether this line of its output says that it is ready. */
  readonly isReady: (line: string) => boolean
  /** Every line of its output. */
  readonly onLine?: (line: string) => void
}

export interface RunningProcess extends AsyncDisposable {
  readonly pid: number
  /** The line that said so. */
  readonly readyLine: string
  /** What it wrote to stderr so far. */
  readonly errors: string
  /** How it ended, where it has. */
  readonly exit: Exit | undefined
  readonly exited: Promise<Exit>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<Exit>
  /** SIGTERM; resolves when the process is gone. */
  term(): Promise<Exit>
  freeze(): void
  thaw(): void
}

/**
 * Starts a program that ends with this process, and waits until it is ready.
 *
 * @throws Error with what it wrote, where it ends before that.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { command, args = [], env = {}, isReady, onLine } = options
  const child = await spawnTied(command, args, { ...process.env, ...env })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (errors += piece))
  let exit: Exit | undefined
  const exited = child.exited.then((how) => (exit = how))
  const end = (signal: 'SIGKILL' | 'SIGTERM'): Promise<Exit> => {
    child.signal(signal)
    return exited
  }
  const early: string[] = []
  let isEarly = true
  const readyLine = await new Promise<string | undefined>((resolve) => {
    createInterface({ input: child.stdout })
      .on('line', (line) => {
        onLine?.(line)
        if (isEarly) early.push(line)
        if (!isReady(line)) return
        isEarly = false
        resolve(line)
      })
      .on('close', () => resolve(undefined))
  })
  if (readyLine === undefined) {
    // Not before all of its last words are read.
    await Promise.all([end('SIGKILL'), finished(child.stderr)])
    throw new Error(`${command} ${args.join(' ')} ended before it was ready: ${[...early, errors].join('\n')}`)
  }
  return {
    pid: child.pid,
    readyLine,
    get errors() {
      return errors
    },
    get exit() {
      return exit
    },
    exited,
    kill: () => end('SIGKILL'),
    term: () => end('SIGTERM'),
    freeze: () => child.signal('SIGSTOP'),
    thaw: () => child.signal('SIGCONT'),
    [Symbol.asyncDispose]: async () => void (await end('SIGKILL')),
  }
}
