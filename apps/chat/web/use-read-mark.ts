import { useIsVisible } from '@millrace/app-design'
import { useEffect, useRef, useState } from 'react'
import type { RoomClient } from '@millrace/client'
import type { RoomsOf } from '@millrace/contract'
import { useConnection } from '@millrace/react'
import type { chat, InboxEntry } from '../contract.ts'
import type { MessageRow } from './message-rows.ts'

export type ConversationRoom = RoomClient<RoomsOf<typeof chat>['conversation']>

/**
 * Moves the user's mark to the last message while it is seen.
 *
 * @returns The id of the first message that was unread when somebody began to look.
 */
export function useReadMark(
  room: ConversationRoom,
  entry: InboxEntry | undefined,
  rows: readonly MessageRow[],
  isAtEnd: boolean,
) {
  const isConnected = useConnection().state === 'connected'
  const isVisible = useIsVisible()
  const seq = rows.findLast(({ value }) => value.seq < Infinity)?.value.seq ?? 0
  const asked = useRef(0)
  useEffect(() => {
    if (!isConnected) asked.current = 0
    if (!isConnected || !isVisible || !isAtEnd || !entry || seq <= Math.max(entry.readSeq, asked.current)) return
    asked.current = seq
    // Where it fails, the next message or the next connection tries again.
    void room.tryRequest('read', { seq })
  }, [room, entry, seq, isVisible, isAtEnd, isConnected])

  const [look, setLook] = useState({ isVisible: false, read: 0, last: 0 })
  if (entry && look.isVisible !== isVisible) {
    setLook(isVisible ? { isVisible, read: entry.readSeq, last: entry.lastSeq } : { ...look, isVisible })
  }
  return rows.find(({ value }) => value.seq > look.read && value.seq <= look.last)?.id
}
