import type { Pinning } from '../pinning.ts'
import type { Peer } from '../rpc.ts'
import { startProcess, type BenchProcess } from '../start-process.ts'
import type { DocumentServerCalls } from './calls.ts'
import type { DocumentContenderName } from './document-contender.ts'
import type { DocumentLoadCalls } from './load-calls.ts'

/** The processes of one case: a server of documents for each contender, all alive at the same time, and a load. */
export interface DocumentStage extends AsyncDisposable {
  readonly load: Peer<DocumentLoadCalls>
  server(contender: DocumentContenderName): Peer<DocumentServerCalls>
}

export async function openDocumentStage(
  contenders: readonly DocumentContenderName[],
  pinning: Pinning | undefined,
): Promise<DocumentStage> {
  const load = startProcess<DocumentLoadCalls>({
    source: import.meta.resolve('./load-main.ts'),
    args: [],
    nodeArgs: [],
    core: pinning?.load,
  })
  const servers = new Map<DocumentContenderName, BenchProcess<DocumentServerCalls>>()
  const stage: DocumentStage = {
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
      const server = startProcess<DocumentServerCalls>({
        source: import.meta.resolve('./main.ts'),
        args: [contender],
        nodeArgs: ['--expose-gc'],
        core: pinning?.server,
      })
      servers.set(contender, server)
      await load.call('server', { contender, port: await server.call('port', undefined) })
    }
    return stage
  } catch (error) {
    await stage[Symbol.asyncDispose]()
    throw error
  }
}
