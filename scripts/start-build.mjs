import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a build may take to end by itself after a signal. */
const graceMs = 1_000

/**
 * @param {number} target a process, or the negative of a process group
 * @param {'SIGINT' | 'SIGKILL' | 0} signal 0 only asks
 * @returns {boolean} whether there was such a process
 */
function signal(target, signal) {
  try {
    process.kill(target, signal)
    return true
  } catch {
    return false
  }
}

/**
 * turbo gives each task a process group of its own, so the family is known by its parents only.
 *
 * @param {number} ancestor
 * @returns {number[]} the processes below it; none where there is no `ps`
 */
function findDescendants(ancestor) {
  try {
    const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
    const parents = rows.map((row) => row.trim().split(/\s+/).map(Number))
    const family = new Set([ancestor])
    // Parents may be listed after their children, hence as many passes as it takes.
    for (let size = 0; size !== family.size;) {
      size = family.size
      for (const [pid = 0, parent = 0] of parents) if (family.has(parent)) family.add(pid)
    }
    return [...family].filter((pid) => pid !== ancestor)
  } catch {
    return []
  }
}

/**
 * Builds what is stale. `stop` ends it with every process that it started.
 *
 * @param {string} root the folder of the checkout
 * @returns {{ done: Promise<{ code: number, output: string }>, stop: () => Promise<void> }}
 */
export function startBuild(root) {
  const args = [join(root, 'node_modules/turbo/bin/turbo'), 'run', 'build', '--output-logs=errors-only']
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  const turbo = spawn(process.execPath, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text))
  }
  /** @type {Promise<{ code: number, output: string }>} */
  const done = new Promise((resolve) => {
    turbo.on('error', (error) => resolve({ code: 1, output: error.message }))
    turbo.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
  const stop = async () => {
    if (turbo.pid === undefined) return
    const family = new Set(findDescendants(turbo.pid))
    signal(-turbo.pid, 'SIGINT')
    for (let waitedMs = 0; waitedMs < graceMs && signal(-turbo.pid, 0); waitedMs += 100) {
      await sleep(100)
      for (const pid of findDescendants(turbo.pid)) family.add(pid)
    }
    for (const pid of [-turbo.pid, ...family]) signal(pid, 'SIGKILL')
  }
  return { done, stop }
}
