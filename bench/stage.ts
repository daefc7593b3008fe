import type { ContenderName } from './contenders/contender.ts'
import type { LoadCalls } from './load/calls.ts'
import type { Pinning } from './pinning.ts'
import type { Peer } from './rpc.ts'
import type { ServerCalls } from './server/calls.ts'
import { startProcess, type BenchProcess } from './start-process.ts'

/** The processes of one case: a server for each contender, all alive at the same time, and a load or more. */
export interface Stage extends AsyncDisposable {
  /** The first of `loads`. */
  readonly load: Peer<LoadCalls>
  readonly loads: readonly Peer<LoadCalls>[]
  server(contender: ContenderName): Peer<ServerCalls>
}

/** More than one process ever connects. */
const clientsPerLoad = 15_000

/** @param loadProcesses Whose clients do not disturb each other. Default 1. */
export async function openStage(
  contenders: readonly ContenderName[],
  pinning: Pinning | undefined,
  loadProcesses = 1,
): Promise<Stage> {
  const load = startLoad(pinning)
  const loads = [load, ...Array.from({ length: loadProcesses - 1 }, () => startLoad(pinning))]
  const servers = new Map<ContenderName, BenchProcess<ServerCalls>>()
  const stage: Stage = {
    load,
    loads,
    server(contender) {
      const server = servers.get(contender)
      if (!server) throw new Error(`${contender} is not on this stage; name it when opening`)
      return server
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...loads, ...servers.values()].map((one) => one[Symbol.asyncDispose]()))
    },
  }
  try {
    for (const contender of contenders) {
      const server = startProcess<ServerCalls>({
        source: import.meta.resolve('./server/main.ts'),
        args: [contender],
        nodeArgs: ['--expose-gc'],
        core: pinning?.server,
      })
      servers.set(contender, server)
      const address = await server.call('address', undefined)
      for (const [index, one] of loads.entries())
        await one.call('open', { contender, address, firstClient: index * clientsPerLoad })
    }
    return stage
  } catch (error) {
    await stage[Symbol.asyncDispose]()
    throw error
  }
}

function startLoad(pinning: Pinning | undefined): BenchProcess<LoadCalls> {
  const source = import.meta.resolve('./load/main.ts')
  return startProcess<LoadCalls>({ source, args: [], nodeArgs: [], core: pinning?.load })
}
