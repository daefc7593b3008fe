import { roomKey } from '@millrace/contract'
import type { EventLog } from '@millrace/server'
import { pulse } from './contract.ts'

const { tick } = pulse.rooms.pulse.events

/** The `n` of the newest tick that is stored; 0 where there is none. */
export async function readLastTick(log: EventLog): Promise<number> {
  const page = await log.read(roomKey(pulse.namespace, 'pulse'), {
    direction: 'before',
    position: null,
    limit: 1,
    maxBytes: 1_000,
  })
  const newest = page.kind === 'page' ? page.entries.at(-1) : undefined
  return typeof newest?.payload === 'string' ? tick.payload.parse(JSON.parse(newest.payload)).n : 0
}
