import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const claims = new Set<string>()

/** Claims a port for this process among those that ask here too. False: it is another's, or this one's already. */
export function claimPort(port: number): boolean {
  const file = join(tmpdir(), `millrace-port-${port}`)
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
  } catch {
    forgetIfLeft(file)
    return false
  }
  if (claims.size === 0) process.once('exit', () => claims.forEach((claim) => rmSync(claim, { force: true })))
  claims.add(file)
  return true
}

/** A process that was killed leaves its claims. */
function forgetIfLeft(file: string): void {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (pid > 0 && !isAlive(pid)) rmSync(file, { force: true })
  } catch {
    // It is gone by now, or belongs to somebody else.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
