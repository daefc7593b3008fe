import type { ContenderName } from './contenders/contender.ts'
import type { LoadCalls } from './load/calls.ts'
import type { Pinning } from './pinning.ts'
import type { Peer } from './rpc.ts'
import type { ServerCalls } from './server/calls.ts'
import { startProcess, type BenchProcess } from './start-process.ts'

/** The processes of one case: a server for each contender, all alive at the same time, and one load. */
export interface Stage extends AsyncDisposable {
  readonly load: Peer<LoadCalls>
  server(contender: ContenderName): Peer<ServerCalls>
}

export async function openStage(contenders: readonly ContenderName[], pinning: Pinning | undefined): Promise<Stage> {
  const load = startProcess<LoadCalls>({
    source: import.meta.resolve('./load/main.ts'),
    args: [],
    nodeArgs: [],
    core: pinning?.load,
  })
  const servers = new Map<ContenderName, BenchProcess<ServerCalls>>()
  const stage: Stage = {
    load,
    server(contender) {
      const server = servers.get(contender)
      if (!server) throw new Error(`${contender} is not on this stage; name it when opening`)
      return server
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([load, ...servers.values()].map((one) => one[Symbol.asyncDispose]()))
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
      await load.call('open', { contender, address: await server.call('address', undefined) })
    }
    return stage
  } catch (error) {
    await stage[Symbol.asyncDispose]()
    throw error
  }
}
