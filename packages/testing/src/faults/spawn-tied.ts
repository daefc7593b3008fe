import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'

type Signal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM' | 'SIGUSR2'

export interface TiedProcess {
  readonly pid: number
  readonly stdout: Readable
  readonly stderr: Readable
  readonly exited: Promise<Exit>
  /** SIGKILL, SIGSTOP and SIGCONT go to whatever the process started as well. Nothing happens where it is gone. */
  signal(name: Signal): void
}

export interface Exit {
  /** Null where a signal ended it. */
  readonly code: number | null
  /** Number of the signal, for example 9. */
  readonly signal: number | null
}

const forAll: readonly Signal[] = ['SIGKILL', 'SIGSTOP', 'SIGCONT']

/** Kills the process and its children when our end of the shell's stdin is gone. The pid comes on descriptor 3. */
const shell = `
exec 4<&0
setsid "$0" "$@" 3>&- 4<&- & pid=$!
echo $pid >&3
exec 3>&- >/dev/null 2>&1
(cat <&4; kill -CONT -$pid; kill -KILL -$pid) & watcher=$!
wait $pid
code=$?
kill $watcher
exit $code`

/**
 * Starts a process that ends with this one, also where this one is killed.
 *
 * @param env Replaces the environment of this process.
 */
export async function spawnTied(
  command: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<TiedProcess> {
  const child = spawn('sh', ['-c', shell, command, ...args], { env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new Error('the process has no pipes; was it spawned?')
  // A pipe that ends empty does not wait for anybody who listens; these do.
  const [output, errors] = [stdout.pipe(new PassThrough()), stderr.pipe(new PassThrough())]
  const exited = once(child, 'exit').then(([code, signal]) => {
    stdin.destroy()
    return exitOf(code as number | null, signal as string | null)
  })
  const [line] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer]
  const pid = Number(String(line))
  return {
    pid,
    stdout: output,
    stderr: errors,
    exited,
    signal(name) {
      send(forAll.includes(name) ? -pid : pid, name)
    },
  }
}

function send(pid: number, name: Signal): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A shell says 128 + n where signal n ended what it waited for. */
function exitOf(code: number | null, signal: string | null): Exit {
  if (code === null) throw new Error(`the shell was ended by ${signal}; leave it alone`)
  return code > 128 ? { code: null, signal: code - 128 } : { code, signal: null }
}
