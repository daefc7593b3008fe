import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface Program {
  readonly name: string
  /** Where it listens. */
  readonly port: number
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Whom it runs as, where that is not us. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** Ends it soon and in order. */
  readonly endSignal: NodeJS.Signals
  /** Whether this line of its output says that it is ready. Without it, it is ready when it sends a message. */
  readonly isReady?: (line: string) => boolean
  readonly onMessage?: (message: unknown) => void
  readonly onLine: (line: string) => void
}

/** Kills the program when our end of the shell's stdin is gone. Its pid comes first on descriptor 3. */
const shell = `
exec 4<&0
"$0" "$@" </dev/null 3>&- 4<&- & pid=$!
echo $pid >&3
exec 3>&- >/dev/null 2>&1
(cat <&4; kill -CONT $pid; kill -KILL $pid) & watcher=$!
wait $pid
code=$?
kill $watcher
exit $code`

/** One life of a program. It ends with this process, also where this one is killed, and gets no signal from the terminal. */
export class Child {
  readonly pid: number
  /** How it ended: a code, or a signal's name or number. */
  readonly exited: Promise<string>
  /** Rejects with an error of one sentence where it ends before. */
  readonly ready: Promise<void>

  private constructor(program: Program, child: ChildProcess, pid: number) {
    this.pid = pid
    this.exited = once(child, 'exit').then(([code, signal]: unknown[]) => endOf(code as number | null, signal))
    this.ready = new Promise((resolve, reject) => {
      let last = ''
      const onLine = (line: string): void => {
        last = line
        program.onLine(line)
        if (program.isReady?.(line)) resolve()
      }
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream as Readable }).on('line', onLine)
      child.on('message', (message) => {
        program.onMessage?.(message)
        resolve()
      })
      this.exited.then(
        (end) => reject(new Error(`${program.name} ended with ${end} before it was ready: ${last}`)),
        reject,
      )
    })
    this.ready.catch(() => {}) // whoever waits for it hears of it
  }

  static async start(program: Program): Promise<Child> {
    const { command, args, env = process.env, user = {}, isReady } = program
    if (isReady === undefined) {
      const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const
      const child = spawn(command, args, { env, detached: true, stdio: [...stdio] })
      await once(child, 'spawn')
      return new Child(program, child, child.pid ?? 0)
    }
    const stdio = ['pipe', 'pipe', 'pipe', 'pipe'] as const
    const child = spawn('sh', ['-c', shell, command, ...args], { env, ...user, detached: true, stdio: [...stdio] })
    const [line] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer]
    return new Child(program, child, Number(String(line)))
  }

  /** Does nothing where it is gone. */
  signal(name: NodeJS.Signals): void {
    try {
      process.kill(this.pid, name)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** The shell says 128 + n where signal n ended the program. */
function endOf(code: number | null, signal: unknown): string {
  if (code === null) return String(signal)
  return code > 128 ? `signal ${code - 128}` : `code ${code}`
}
