import { buildFirst } from './build-first.mjs'
import { Cluster } from './cluster/cluster.ts'
import { readClusterOptions } from './cluster/cluster-options.ts'
import { repositoryRoot } from './run-command.ts'
import { requireServices } from './services.ts'

const cluster = new Cluster((text) => console.log(text))

let isStopping = false

/** Nothing is left of it, whatever it was doing. */
function stop(): void {
  if (isStopping) return
  isStopping = true
  cluster.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
}

/** What fails because it is being stopped has not failed. */
async function fail(error: unknown): Promise<void> {
  if (isStopping) return
  isStopping = true
  console.error(`Millrace cannot run as a cluster: ${error instanceof Error ? error.message : String(error)}`)
  await cluster.stop()
  process.exit(1)
}

try {
  const options = await readClusterOptions(process.argv.slice(2), process.env)
  const paths = requireServices(['Redis', 'PostgreSQL', 'HAProxy'])
  await buildFirst(repositoryRoot)
  process.on('SIGINT', stop).on('SIGTERM', stop)
  await cluster.start(options, paths)
  console.log(`Millrace is running on http://localhost:${options.port}, on ${options.nodes} nodes`)
  console.log(cluster.lines.join('\n'))
  console.log('What is killed is started again after 3 s. Ctrl-C ends everything.')
} catch (error) {
  await fail(error)
}
