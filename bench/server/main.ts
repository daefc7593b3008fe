import { contenders, isContenderName } from '../contenders/contender.ts'
import { answerParent } from '../rpc.ts'
import type { Address, ServerCalls } from './calls.ts'
import { startControl } from './control.ts'
import { processCalls } from './process-calls.ts'

const name = process.argv[2] ?? ''
if (!isContenderName(name))
  throw new Error(`there is no contender "${name}"; name one of ${Object.keys(contenders).join(', ')}`)

const start = contenders[name]
let started: Promise<Address> | undefined

async function address(): Promise<Address> {
  const contender = await start()
  return { port: contender.port, controlPort: await startControl(contender) }
}

answerParent<ServerCalls>({ ...processCalls, address: () => (started ??= address()) })
