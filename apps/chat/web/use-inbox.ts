import { useEffect, useMemo, useRef } from 'react'
import { useRemembered } from '@millrace/app-design'
import { useLatest, useRoom } from '@millrace/react'
import { chat, InboxEntry, type PublicUser } from '../contract.ts'

const none: readonly InboxEntry[] = []
const readEntries = (stored: unknown): readonly InboxEntry[] | undefined => InboxEntry.array().safeParse(stored).data

/** The user's conversations, the one that changed last first; offline as they were last. */
export function useInbox(me: PublicUser, onMention: (entry: InboxEntry) => void): readonly InboxEntry[] {
  const { room, status, snapshot } = useRoom(chat, 'inbox', { userId: me.id })
  const latest = useLatest(room, 'conversation')
  const current = useMemo(() => {
    if (status !== 'joined') return undefined
    const byId = new Map<string, InboxEntry>()
    for (const entry of [...(snapshot?.conversations ?? []), ...latest.values()]) {
      if ((byId.get(entry.id)?.rev ?? 0) < entry.rev) byId.set(entry.id, entry)
    }
    return [...byId.values()].toSorted((a, b) => (b.last?.at ?? 0) - (a.last?.at ?? 0))
  }, [status, snapshot, latest])
  const entries = useRemembered(`chat inbox ${me.id}`, current, readEntries) ?? none

  const mentions = useRef<ReadonlyMap<string, number>>(new Map())
  useEffect(() => {
    if (!current) return
    const before = mentions.current
    mentions.current = new Map(current.map(({ id, mentionCount }) => [id, mentionCount]))
    for (const entry of current) if (entry.mentionCount > (before.get(entry.id) ?? Infinity)) onMention(entry)
  }, [current, onMention])
  return entries
}

export function nameOf({ kind, title, other }: InboxEntry): string {
  return kind === 'direct' ? (other?.name ?? 'Notes to yourself') : title
}
