import { Cluster } from 'ioredis'
import type { RedisClient } from './commands.ts'
import type { RedisAddress } from './redis-address.ts'
import { refusal } from './refusal.ts'

/** Resolves with the client once it takes commands; otherwise throws it away. @throws Error Of one sentence. */
export async function untilReady(
  client: RedisClient,
  { label }: RedisAddress,
  timeoutMs: number,
): Promise<RedisClient> {
  try {
    if (client.status !== 'ready') await becomeReady(client, label, timeoutMs)
    // A cluster's connections wait for their first command, and refuse the second while they connect.
    if (client instanceof Cluster) {
      const nodes = client.nodes('master').filter((node) => node.status !== 'ready')
      await Promise.all(
        nodes.map((node) => (node.status === 'wait' ? node.connect() : becomeReady(node, label, timeoutMs))),
      )
    }
    return client
  } catch (error) {
    client.disconnect()
    throw error
  }
}

async function becomeReady(client: RedisClient, label: string, timeoutMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(refusal(label, 'it takes too long'))), timeoutMs)
    client.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
