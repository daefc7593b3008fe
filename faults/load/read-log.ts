import { roomKey } from '@millrace/contract'
import { redis } from '@millrace/redis'
import { payloadHash, systemContext, type OracleRecord } from '@millrace/testing'
import { faultContract, kindOf } from '../contract.ts'

/** What Redis retains of the rooms when everything is over, read through the port. */
export async function readLog(url: string, rooms: readonly string[]): Promise<readonly OracleRecord[]> {
  const store = await redis({ url }).open(systemContext())
  try {
    const records: OracleRecord[] = []
    for (const room of rooms) {
      const key = roomKey(faultContract.namespace, kindOf(room), { name: room })
      const page = await store.log.read(key, {
        direction: 'after',
        position: null,
        limit: 1_000_000,
        maxBytes: Infinity,
      })
      if (page.kind === 'gap') throw new Error(`${room} cannot be read from its oldest entry on`)
      for (const { epoch, offset, id, prev, payload } of page.entries) {
        const value = JSON.parse(String(payload)) as { key: string }
        const position = { epoch, offset, id }
        records.push({ actor: 'redis', room, type: 'stored', position, prev, key: value.key, hash: payloadHash(value) })
      }
      records.push({ actor: 'redis', room, type: 'top', position: page.top })
    }
    return records
  } finally {
    await store.close()
  }
}
