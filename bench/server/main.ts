import { startNodeControl } from '../cluster/node-control.ts'
import { contenders, isContenderName, type Contender } from '../contenders/contender.ts'
import { answerParent } from '../rpc.ts'
import type { Address, ServerCalls } from './calls.ts'
import { startControl } from './control.ts'
import { fillCharts } from './fill-charts.ts'
import { processCalls } from './process-calls.ts'
import { Streams } from './stream.ts'

const name = process.argv[2] ?? ''
if (!isContenderName(name))
  throw new Error(`there is no contender "${name}"; name one of ${Object.keys(contenders).join(', ')}`)

const started = contenders[name]()
const streams = started.then((contender) => new Streams(contender))
let address: Promise<Address> | undefined

async function serve(contender: Contender): Promise<Address> {
  return {
    port: contender.port,
    controlPort: await startControl(contender),
    roomControlPort: await startNodeControl(contender),
  }
}

answerParent<ServerCalls>({
  ...processCalls,
  address: () => (address ??= started.then(serve)),
  stream: async (run) => (await streams).run(run),
  fillCharts: async (fill) => fillCharts(await started, fill),
  bufferedBytes: async () => (await started).bufferedBytes().toSorted((a, b) => b - a),
})
