import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '@millrace/testing/faults'

const root = join(import.meta.dirname, '../../../..')

export interface RunningServer {
  /** For example `http://localhost:3000`. */
  readonly address: string
  readonly port: number
  /** As if the power failed: neither the server nor what would start it again is left. */
  kill(): Promise<void>
}

/** What `npm start` runs, as a process of its own. @param given Its port. Default: one that is free, and stays it while no server listens. */
export async function startServer(dataFolder: string, given?: number): Promise<RunningServer> {
  const port = given ?? (await freePort())
  // The build is that of a user, whatever runs this test.
  const { NODE_ENV: _, ...inherited } = process.env
  const env = { ...inherited, PORT: String(port), DATA_DIR: dataFolder }
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env })
  const said: string[] = []
  for (const output of [child.stdout, child.stderr]) output.on('data', (text: Buffer) => said.push(String(text)))
  let isWanted = false
  child.once('exit', (code, signal) => {
    if (!isWanted) console.error(`the server ended by itself with ${code ?? signal}: ${said.join('')}`)
  })
  const address = await readAddress(child)
  return {
    address,
    port: Number(new URL(address).port),
    kill: async () => {
      isWanted = true
      if (child.exitCode !== null || child.signalCode !== null) return
      // Both write to the same output, which is closed when both are gone.
      const closed = once(child, 'close')
      const servers = childrenOf(child.pid)
      child.kill('SIGKILL')
      for (const pid of servers) process.kill(pid, 'SIGKILL')
      await closed
    },
  }
}

function childrenOf(parent: number | undefined): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number))
  return pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []))
}

function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const found = /^Millrace is running on (\S+)$/m.exec(stdout)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it ran: ${stdout}${stderr}`)))
  })
}
