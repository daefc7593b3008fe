import { useEffect, useMemo, useRef } from 'react'
import { useLatest, useRoom } from '@millrace/react'
import { chat, type InboxEntry, type PublicUser } from '../contract.ts'

/** The user's conversations, the one that changed last first. */
export function useInbox(me: PublicUser, onMention: (entry: InboxEntry) => void) {
  const inbox = useRoom(chat, 'inbox', { userId: me.id })
  const latest = useLatest(inbox.room, 'conversation')
  const entries = useMemo(() => {
    const byId = new Map<string, InboxEntry>()
    for (const entry of [...(inbox.snapshot?.conversations ?? []), ...latest.values()]) {
      if ((byId.get(entry.id)?.rev ?? 0) < entry.rev) byId.set(entry.id, entry)
    }
    return [...byId.values()].toSorted((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
  }, [inbox.snapshot, latest])

  const known = useRef(entries)
  useEffect(() => {
    const before = new Map(known.current.map(({ id, mentionCount }) => [id, mentionCount]))
    known.current = entries
    for (const entry of entries) if (entry.mentionCount > (before.get(entry.id) ?? Infinity)) onMention(entry)
  }, [entries, onMention])
  return { ...inbox, entries }
}

export function nameOf({ kind, title, other }: InboxEntry): string {
  return kind === 'direct' ? (other?.name ?? 'Notes to yourself') : title
}
