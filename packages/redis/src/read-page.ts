import type { Position } from '@millrace/contract'
import type { Entry, LogGap, LogPage, LogQuery } from '@millrace/server'
import { decodeEntry } from './entry-text.ts'
import { bufferList, readPosition, textOf } from './replies.ts'

/** Something stands in the stream that no append wrote. */
interface Unreadable {
  readonly kind: 'unreadable'
  readonly epoch: string
}

const reasons = ['epoch', 'rewound', 'trimmed'] as const

/** What `readEntries` answered, checked: each entry follows the one before it. */
export function readPage(reply: unknown, direction: LogQuery['direction']): LogPage | LogGap | Unreadable {
  const [kind, epoch, offset, id, floorOffset, floorId, more, ...texts] = bufferList(reply, 7)
  const top = readPosition(epoch, offset, id)
  const floor = readPosition(epoch, floorOffset, floorId)
  const reason = reasons.find((known) => known === textOf(kind))
  if (reason !== undefined) return { kind: 'gap', reason, floor, top }
  const found = texts.map(decodeEntry)
  const entries = direction === 'after' ? found : found.reverse()
  if (!isChain(entries, top)) return { kind: 'unreadable', epoch: top.epoch }
  return { kind: 'page', entries, top, more: textOf(more) === '1' }
}

function isChain(entries: readonly (Entry | undefined)[], top: Position): entries is readonly Entry[] {
  return entries.every((entry, index) => {
    const before = entries[index - 1]
    return (
      entry?.epoch === top.epoch &&
      (before === undefined || (entry.offset === before.offset + 1 && entry.prev === before.id))
    )
  })
}
