// Plain JavaScript: Node 20 runs it as it is.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startBuild } from './start-build.mjs'

/** When nothing is stale the build takes less; who waits longer is told why. */
const silentMs = 1_500

/**
 * Builds what is stale. Ends the process where a signal arrives or the build fails.
 *
 * @param {string} root the folder of the checkout
 */
export async function buildFirst(root) {
  if (!existsSync(join(root, 'node_modules/turbo'))) {
    console.error('The dependencies are not installed: run npm install first.')
    process.exit(1)
  }
  const build = startBuild(root)
  const progress = setTimeout(() => console.log('Building what changed...'), silentMs)
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    await build.stop()
    process.exit(0)
  }
  const onSignal = () => void stop()
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const { code, output } = await build.done
  clearTimeout(progress)
  if (isStopping) return new Promise(() => {}) // `stop` ends the process
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  if (code === 0) return
  console.error(`${output}\nThe build failed.`)
  process.exit(1)
}
