import type { WireAnswer } from '@millrace/contract'
import { decodePacket, type Cable, type Pair } from '@millrace/testing'
import { PacketType } from 'socket.io-parser'

/** A client without the client core: what a stock Socket.IO client, or a hostile one, sends and gets. */
export interface RawClient {
  readonly cable: Cable
  /** Every event that came, in order. */
  readonly got: (readonly [name: string, argument: unknown, second?: unknown])[]
  ask(name: string, argument: unknown): Promise<WireAnswer>
  close(): void
}

/**
 * @param auth Beside the user; `millrace: 1` asks for frames.
 * @param node Which node it connects to.
 * @param namespace That of its contract.
 */
export async function rawClient(
  pair: Pair,
  user: string,
  auth: Record<string, unknown> = {},
  node = 0,
  namespace = '/board',
): Promise<RawClient> {
  const { transport, cable } = pair.transport()
  cable.node = node
  const got: RawClient['got'] = []
  pair.onPacket((wire, direction, packet) => {
    if (wire.cable !== cable.id || direction === 'up') return
    const { type, data } = decodePacket(packet)
    if (type === PacketType.EVENT) got.push(data as RawClient['got'][number])
  })
  const connection = transport.connect({ first: 'websocket' }, { closed: () => {} })
  const socket = connection.open(
    namespace,
    { user, ...auth },
    {
      refused: (_data, message) => got.push(['refused', message]),
      received: () => {},
      closed: () => got.push(['closed', undefined]),
    },
  )
  await pair.flush()
  return {
    cable,
    got,
    ask: (name, argument) =>
      new Promise((resolve) => socket.emit(name, argument, (answer) => resolve(answer as WireAnswer))),
    close: () => connection.close(),
  }
}

/** Asks and lets every packet move. */
export async function askNow(pair: Pair, client: RawClient, name: string, argument: unknown): Promise<WireAnswer> {
  const answer = client.ask(name, argument)
  await pair.flush()
  return answer
}
