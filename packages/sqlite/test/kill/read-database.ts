import { systemClock, systemRandom } from '@millrace/client'
import { roomKey } from '@millrace/contract'
import type { EventLog } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { payloadHash, type OracleRecord } from '@millrace/testing'
import { killContract, params, roomNames, type RoomName } from '../fixtures/kill-contract.ts'

/** What the log retains, read through its port when no server is left. */
export async function readDatabase(file: string): Promise<readonly OracleRecord[]> {
  const store = await sqlite({ file }).open({ clock: systemClock, random: systemRandom, onError })
  try {
    const records: OracleRecord[] = []
    for (const room of roomNames) records.push(...(await readRoom(store.log, room)))
    return records
  } finally {
    await store.close()
  }
}

async function readRoom(log: EventLog, room: RoomName): Promise<readonly OracleRecord[]> {
  const key = roomKey(killContract.namespace, room, params)
  const page = await log.read(key, { direction: 'after', position: null, limit: 1_000_000, maxBytes: Infinity })
  if (page.kind === 'gap') throw new Error(`${room} cannot be read from its oldest entry on`)
  const stored = page.entries.map(({ epoch, offset, id, prev, payload }): OracleRecord => {
    const value = JSON.parse(String(payload)) as { key: string }
    return {
      actor: 'database',
      room,
      type: 'stored',
      position: { epoch, offset, id },
      prev,
      key: value.key,
      hash: payloadHash(value),
    }
  })
  return [...stored, { actor: 'database', room, type: 'top', position: page.top }]
}

function onError(error: unknown): never {
  throw error
}
