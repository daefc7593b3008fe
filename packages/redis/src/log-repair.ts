import { samePosition, type Position } from '@millrace/contract'
import type { Entry, EventLog } from '@millrace/server'
import { HeardTails, type HeardTailsOptions } from './heard-tails.ts'

const pageOf = { limit: 500, maxBytes: 4_000_000 } as const

export interface LogRepairOptions {
  readonly log: Pick<EventLog, 'read' | 'tails'>
  readonly listeners: HeardTailsOptions<Position>['listeners']
  readonly deliver: (room: string, entries: readonly Entry[]) => void
}

/** Compares what was heard of each room with its top, and delivers what was missed. Listeners may hear an entry twice. */
export function logRepair({ log, listeners, deliver }: LogRepairOptions): HeardTails<Position> {
  return new HeardTails({
    listeners,
    tails: (asked) => log.tails(asked),
    isSame: samePosition,
    async repair(room, heard) {
      let position = heard
      for (;;) {
        const page = await log.read(room, { direction: 'after', position, ...pageOf })
        if (page.kind === 'gap') break
        deliver(room, page.entries)
        position = page.entries.at(-1) ?? position
        if (!page.more) return
      }
      // Any entry of the new history tells the listeners that theirs has ended.
      const newest = await log.read(room, { direction: 'before', position: null, limit: 1, maxBytes: 1 })
      if (newest.kind === 'page') deliver(room, newest.entries)
    },
  })
}
