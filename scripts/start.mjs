// Plain JavaScript: Node 20 runs it as it is. The server runs in this process, so that there is no child to leave behind.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startBuild } from './start-build.mjs'

const root = join(import.meta.dirname, '..')
/** When nothing is stale the build takes less; who waits longer is told why. */
const silentMs = 1_500

async function start() {
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
  if (isStopping) return
  if (code !== 0) {
    console.error(`${output}\nThe build failed.`)
    process.exit(1)
  }
  const { main } = await import(pathToFileURL(join(root, 'apps/home/dist/main.js')).href)
  // From here on the signals are the application's.
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  await main(process.env)
}

await start()
