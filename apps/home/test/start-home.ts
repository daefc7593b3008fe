import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** `npm start` as a process of its own, which runs the server as its child. */
export interface Home {
  readonly process: ChildProcess
  /** The servers that are its children now; one, once it runs. */
  servers(): number[]
  /** The address, as soon as it says that it is running. Rejects with its stderr where it ends before. */
  readonly address: Promise<string>
  /** What it has printed until now. */
  printed(): string
  /** What it printed, once it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
}

/** @param program Default: what `npm start` runs. */
export function startHome(env: Readonly<Record<string, string>>, program = ['scripts/start.mjs']): Home {
  // The build is that of a user, whatever runs this test.
  const { NODE_ENV: _, ...inherited } = process.env
  const child = spawn(process.execPath, program, { cwd: root, env: { ...inherited, PORT: '0', ...env } })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<Awaited<Home['ended']>>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const found = /^Millrace is running on (\S+)$/m.exec(stdout)
      if (found?.[1]) resolve(found[1])
    })
    child.on('close', () => reject(new Error(`ended before it ran: ${stderr}`)))
  })
  address.catch(() => {})
  return { process: child, servers: () => childrenOf(child.pid), address, printed: () => stdout, ended }
}

function childrenOf(parent: number | undefined): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []))
}

/** One that ended but was not collected by its parent (state Z) is gone. */
export function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false // `ps` fails where there is none
  }
}
