import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** `npm start` as a process of its own. */
export interface Home {
  readonly process: ChildProcess
  /** The address, as soon as it says that it is running. Rejects with its stderr where it ends before. */
  readonly address: Promise<string>
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
  return { process: child, address, ended }
}
