import { Cluster, type Redis } from 'ioredis'
import type { RedisClient } from './commands.ts'
import { SentCommand } from './sent-command.ts'

/** The servers that deliver sharded channels: each master of a Redis Cluster, or the one there is. */
export interface Shards {
  list(): readonly string[]
  /** The one that delivers the channel, as far as is known. */
  of(channel: string): string
  /** Another connection to it, not connected yet. */
  open(shard: string): Redis
  /** Finds out anew which master serves which slot. */
  refresh(): void
  /** Masters or slots may have moved. */
  onChange(run: () => void): void
}

/** @param create A connection to the one server, or to the given one. */
export function shardsOf(client: RedisClient, create: (host?: string, port?: number) => Redis): Shards {
  if (client instanceof Cluster) return clusterShards(client, create)
  return {
    list: () => [''],
    of: () => '',
    open: () => create(),
    refresh: () => undefined,
    onChange: () => undefined,
  }
}

function clusterShards(client: Cluster, create: (host: string, port: number) => Redis): Shards {
  const list = (): readonly string[] => [...new Set(client.slots.flatMap((keys) => keys?.[0] ?? []))]
  return {
    list,
    of: (channel) => client.slots[new SentCommand('ssubscribe', [channel]).getSlot()]?.[0] ?? list()[0] ?? '',
    open(shard) {
      const colon = shard.lastIndexOf(':')
      return create(shard.slice(0, colon), Number(shard.slice(colon + 1)))
    },
    refresh: () => client.refreshSlotsCache(),
    onChange: (run) => void client.on('refresh', run),
  }
}
