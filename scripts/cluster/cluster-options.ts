import { parseArgs } from 'node:util'
import { freePort } from './free-port.ts'

export interface ClusterOptions {
  readonly nodes: number
  /** Where browsers find it. */
  readonly port: number
  readonly dataFolder: string
}

/** As many as `deploy/haproxy.cfg` has names for. */
const maxNodes = 6

/** @throws Error of one sentence: an option or variable is none, or the port is taken. */
export async function readClusterOptions(args: readonly string[], env: NodeJS.ProcessEnv): Promise<ClusterOptions> {
  const { values } = parseArgs({ args: [...args], options: { nodes: { type: 'string', default: '3' } } })
  const nodes = Number(values.nodes)
  if (!/^\d$/.test(values.nodes) || nodes < 1 || nodes > maxNodes)
    throw new Error(`--nodes is "${values.nodes}"; give a number from 1 to ${maxNodes}`)
  const port = Number(env.PORT || '3000')
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is "${env.PORT}"; set it to a whole number from 0 to 65535`)
  return { nodes, port: await freePort(port), dataFolder: env.DATA_DIR || '.data' }
}
