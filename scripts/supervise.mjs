import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'

/** The server closes within 4 s of a signal; one that hangs is killed, since `npm start` promises 5 s. */
const graceMs = 4_500
/** A drain takes as long as it does, which is bounded; one that hangs is killed. */
const drainGraceMs = 60_000
/** What is killed more often in so long is ended by something that a new start does not cure. */
const maxDeaths = 5
const deathsMs = 10_000

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} End */

/**
 * Runs the server as a child, and again on the same port where SIGKILL ended it. In production it does not, so that the
 * operator's own supervisor sees the death. SIGINT and SIGTERM are handed to the child; when it has ended, so does this.
 *
 * @param {readonly string[]} args of `node`; the child tells its port as `{ port }`
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, monotonicMs?: () => number }} options
 * @returns {Promise<number>} the exit code
 */
export async function supervise(args, { cwd, env, monotonicMs = () => performance.now() }) {
  const isProduction = env.NODE_ENV === 'production'
  const child = new Child(args, cwd)
  let isStopping = false
  const canDrain = isProduction || Boolean(env.REDIS_URL)
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    const drains = canDrain && signal === 'SIGTERM' && !isStopping
    isStopping = true
    child.stop(signal, drains ? drainGraceMs : graceMs)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  /** @type {number[]} */
  let deaths = []
  for (;;) {
    const { code, signal } = await child.run(env)
    if (isStopping) return 0
    if (signal === null) return code ?? 1
    if (signal !== 'SIGKILL' || isProduction) {
      console.error(`The server was ended by ${signal}.`)
      return 128 + constants.signals[signal]
    }
    const now = monotonicMs()
    deaths = [...deaths.filter((at) => now - at < deathsMs), now]
    if (deaths.length > maxDeaths) {
      console.error('The server is killed again and again, and is not started any more: look for what kills it.')
      return 1
    }
    console.log('The server was killed. Starting it again...')
  }
}

class Child {
  #args
  #cwd
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #process
  /** The port of the first run: pages that are open come back to it. @type {string | undefined} */
  #port

  /**
   * @param {readonly string[]} args
   * @param {string} cwd
   */
  constructor(args, cwd) {
    this.#args = args
    this.#cwd = cwd
  }

  /**
   * @param {NodeJS.ProcessEnv} env
   * @returns {Promise<End>}
   */
  async run(env) {
    const ported = this.#port === undefined ? env : { ...env, PORT: this.#port }
    const child = spawn(process.execPath, this.#args, {
      cwd: this.#cwd,
      env: ported,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    this.#process = child
    child.on('message', (/** @type {{ port?: number }} */ { port }) => {
      if (port !== undefined) this.#port = String(port)
    })
    // What it said before it was killed may be read after its exit; the channel ends after that.
    const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
    return { code, signal }
  }

  /**
   * @param {NodeJS.Signals} signal
   * @param {number} killAfterMs
   */
  stop(signal, killAfterMs) {
    this.#process?.kill(signal)
    setTimeout(() => this.#process?.kill('SIGKILL'), killAfterMs)
  }
}
