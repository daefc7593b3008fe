import { useRemembered } from '@millrace/app-design'
import type { Off, RoomClient } from '@millrace/client'
import { useKeptRequests, useRoom } from '@millrace/react'
import { useMemo } from 'react'
import { collab, ShelfEntry, type PublicUser } from '../contract.ts'
import { withTitles, type ListedEntry } from './list/with-titles.ts'
import { useFolded } from './use-folded.ts'

type ShelfRoom = RoomClient<typeof collab.rooms.shelf>
type Entries = ReadonlyMap<string, ShelfEntry>

const readEntries = (stored: unknown): readonly ShelfEntry[] | undefined => ShelfEntry.array().safeParse(stored).data
const from = ({ documents }: { readonly documents: readonly ShelfEntry[] }): Entries =>
  new Map(documents.map((entry) => [entry.id, entry]))

function listen(room: ShelfRoom, take: (step: (entries: Entries) => Entries) => void): readonly Off[] {
  return [
    room.on('changed', (entry) =>
      take((entries) =>
        (entries.get(entry.id)?.rev ?? 0) < entry.rev ? new Map([...entries, [entry.id, entry]]) : entries,
      ),
    ),
    room.on('gone', ({ id, rev }) =>
      take((entries) =>
        (entries.get(id)?.rev ?? Infinity) < rev ? new Map([...entries].filter(([key]) => key !== id)) : entries,
      ),
    ),
  ]
}

/** The user's documents, the one that was edited last first; offline as they were last. Undefined: not known yet. */
export function useShelf(me: PublicUser): readonly ListedEntry[] | undefined {
  const { room, snapshot } = useRoom(collab, 'shelf', { userId: me.id })
  const entries = useFolded({ room, from, listen }, snapshot)
  const current = useMemo(
    () => entries && [...entries.values()].toSorted((a, b) => latestOf(b) - latestOf(a)),
    [entries],
  )
  const known = useRemembered(`collab shelf ${me.id}`, current, readEntries)
  const requests = useKeptRequests(collab)
  return useMemo(() => known && withTitles(known, requests), [known, requests])
}

function latestOf({ at, editedAt }: ShelfEntry): number {
  return Math.max(at, editedAt)
}
