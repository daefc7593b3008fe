import type { SocketIoAdapter, StoreContext } from '@millrace/server'
import { RedisAdapter } from '@socket.io/redis-adapter'
import type { RedisClient } from '../commands.ts'
import type { Skips } from '../skips.ts'
import { AdapterChannels } from './adapter-channels.ts'
import { ListeningClient, PublishingClient } from './adapter-clients.ts'
import { countServers } from './count-servers.ts'
import { KeptConnection } from './kept-connection.ts'
import { MessageGate } from './message-gate.ts'
import { openLike } from './open-like.ts'
import { Outage } from './outage.ts'
import { PublishQueue } from './publish-queue.ts'

/** Together no more than 5 s, ms. */
const [countTimeoutMs, requestsTimeout] = [1_000, 4_000]

export interface OpenSocketIoAdapter extends SocketIoAdapter {
  /** Messages for other nodes that Redis did not take. */
  readonly dropped: number
  close(): void
}

export interface AdapterParts {
  /** Says where Redis is; the adapter's connections are its own. */
  readonly client: RedisClient
  readonly prefix: string
  readonly skips: Skips
}

/** The classic adapter of Socket.IO for `io.adapter(...)`, on two connections of its own. */
export function openSocketIoAdapter(
  { client, prefix, skips }: AdapterParts,
  context: StoreContext,
): OpenSocketIoAdapter {
  const { clock, random, onError } = context
  const key = `${prefix}:socket.io`
  const outage = new Outage(onError)
  const gate = new MessageGate(key, skips, onError)
  const channels = new AdapterChannels((reason) => listening.replace(reason))
  const endOutage = (): void => {
    if (publishing.ready && listening.ready) outage.end()
  }
  const queue = new PublishQueue((channel, message) => publishing.ready?.publish(channel, message), clock, {
    onDrop: (reason) => outage.tell(reason),
    onDrained: endOutage,
  })
  const heard = new Set<() => void>()
  const confirm = (): void => {
    listening.ready?.ping().then(
      () => {
        for (const resolve of heard) resolve()
        heard.clear()
      },
      () => undefined,
    )
  }
  const open = (): ReturnType<typeof openLike> => openLike(client, random.fraction())
  const publishing = new KeptConnection(
    {
      open,
      prepare: () => Promise.resolve(),
      onReady: () => {
        endOutage()
        queue.flush()
      },
      onLost: (reason) => outage.tell(reason),
    },
    context,
  )
  const listening = new KeptConnection(
    {
      open,
      prepare: (redis) => channels.use(redis),
      onReady: () => {
        endOutage()
        confirm()
      },
      onLost: (reason) => {
        channels.forget()
        outage.tell(reason)
      },
    },
    context,
  )

  /** Where it cannot be known, a number that nobody reaches: those who wait for as many answers then end with an error. */
  const serverCount = (namespace: string): Promise<number> =>
    new Promise((resolve) => {
      const own = publishing.ready
      if (!own || !listening.ready) return resolve(Infinity)
      const cancel = clock.after(countTimeoutMs, () => resolve(Infinity))
      countServers(client, own, `${key}-request#${namespace}#`)
        .then(resolve, () => resolve(Infinity))
        .finally(cancel)
    })

  class SocketIoRedisAdapter extends RedisAdapter {
    constructor(namespace: object) {
      super(namespace, new PublishingClient(queue), new ListeningClient(channels, gate), {
        key,
        requestsTimeout,
        publishOnSpecificResponseChannel: true,
      })
      const { parser } = this
      Object.assign(this, { parser: gate.parser((value) => parser.encode(value) as Buffer) })
    }

    override serverCount(): Promise<number> {
      return serverCount((this.nsp as { readonly name: string }).name)
    }
  }

  return {
    Adapter: SocketIoRedisAdapter,
    ready: () =>
      new Promise((resolve) => {
        const cancel = clock.after(requestsTimeout, () => heard.delete(done) && resolve())
        const done = (): void => {
          cancel()
          resolve()
        }
        heard.add(done)
        confirm()
      }),
    get dropped() {
      return queue.dropped
    },
    close() {
      queue.close()
      publishing.close()
      listening.close()
      for (const resolve of heard) resolve()
    },
  }
}
