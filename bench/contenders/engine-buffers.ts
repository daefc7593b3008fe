/** What this reads of Engine.IO's server: private parts, as there is no public word for what waits. */
interface Engine {
  readonly clients: Readonly<Record<string, EngineConnection>>
}

interface EngineConnection {
  readonly writeBuffer: readonly { readonly data?: string | Buffer }[]
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } }
}

/**
 * Per connection what has not left the process: Engine.IO's own queue, and what ws and the TCP socket hold. Counted here and
 * not by the servers, so that it is counted alike.
 */
export function engineBuffers(engine: object): number[] {
  return Object.values((engine as Engine).clients).map(({ writeBuffer, transport }) => {
    let bytes = transport.socket?.bufferedAmount ?? 0
    for (const { data } of writeBuffer) bytes += data === undefined ? 0 : Buffer.byteLength(data)
    return bytes
  })
}
