import type { MillraceError } from '@millrace/contract'
import { maxPartBytes } from '../contract/index.ts'
import type { DocumentRoom } from './document-room.ts'

/** Parts that are under way at one time: enough to fill a line, and few enough for a client's outbox. */
const partsUnderWay = 8

/** An update may take as long as a slow line needs for it, ms. */
const timeoutMs = 30_000

/** @returns Undefined when the update is stored, else why it is not, or may not be. */
export async function sendUpdate(
  room: DocumentRoom,
  update: Uint8Array,
  upload: string,
): Promise<MillraceError | undefined> {
  if (update.length <= maxPartBytes) return faultOf(await room.tryRequest('update.send', update, { timeoutMs }))
  const count = Math.ceil(update.length / maxPartBytes)
  for (let first = 0; first < count; first += partsUnderWay) {
    const indexes = Array.from({ length: Math.min(partsUnderWay, count - first) }, (_, nth) => first + nth)
    const outcomes = await Promise.all(
      indexes.map((index) => {
        const bytes = update.slice(index * maxPartBytes, (index + 1) * maxPartBytes)
        return room.tryRequest('update.part', { upload, index, count, bytes }, { timeoutMs })
      }),
    )
    const refused = outcomes.map(faultOf).find((fault) => fault !== undefined)
    if (refused) return refused
  }
  return undefined
}

function faultOf(outcome: Awaited<ReturnType<DocumentRoom['tryRequest']>>): MillraceError | undefined {
  return outcome.ok ? undefined : outcome.error
}
