import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a build may take to end by itself after a signal. */
const graceMs = 2_000

/**
 * @param {number} group
 * @param {'SIGINT' | 'SIGKILL' | 0} signal 0 asks whether the group still has a process
 */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}

/**
 * Builds what is stale. The build is a process group of its own, so that `stop` ends every process in it.
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
    signalGroup(turbo.pid, 'SIGINT')
    for (let waitedMs = 0; waitedMs < graceMs && signalGroup(turbo.pid, 0); waitedMs += 50) await sleep(50)
    signalGroup(turbo.pid, 'SIGKILL')
  }
  return { done, stop }
}
