import { metadataMs, type LogFaults } from '@millrace/server'
import { Cluster, type Redis } from 'ioredis'
import { finite } from './lua-number.ts'
import { rewindRoom, trimRoom } from './lua/harm-log.ts'
import type { StoreParts } from './store-parts.ts'

export function redisLogFaults({ commands, names, random }: StoreParts): LogFaults {
  const birth = () => [random.id(), String(metadataMs)]
  return {
    async trim(room, keepEvents) {
      await commands.run(trimRoom, names.log(room), [...birth(), finite(keepEvents)], 'repeatable')
    },
    async rewind(room, toOffset) {
      const { client } = commands
      const nodes = client instanceof Cluster ? client.nodes('master') : [client]
      const keys = (await Promise.all(nodes.map((node) => findKeys(node, names.appendKeys(room))))).flat()
      await commands.run(rewindRoom, [...names.log(room), ...keys], [...birth(), finite(toOffset)], 'repeatable')
    },
  }
}

async function findKeys(node: Redis, match: string): Promise<string[]> {
  const found: string[] = []
  for await (const keys of node.scanStream({ match, count: 1_000 })) found.push(...(keys as string[]))
  return found
}
