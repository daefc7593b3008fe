import { useEffect, useRef, useState } from 'react'
import { useEvent, usePresence } from '@millrace/react'
import type { PublicUser } from '../contract.ts'
import type { ConversationRoom } from './use-read-mark.ts'

const lastsMs = 6_000
const repeatMs = 3_000
const names = new Intl.ListFormat('en')

/** Says that this user types, again every 3 s, and that it is over. */
export function useSayTyping(room: ConversationRoom) {
  const said = useRef(0)
  return (isTyping: boolean): void => {
    const now = performance.now()
    if (isTyping ? said.current > now - repeatMs : said.current === 0) return
    said.current = isTyping ? now : 0
    room.publish('typing', { isTyping })
  }
}

export function Typists({ room, me }: { readonly room: ConversationRoom; readonly me: PublicUser }) {
  const [ends, setEnds] = useState<ReadonlyMap<string | null, number>>(new Map())
  const { members } = usePresence(room)
  useEvent(room, 'typing', ({ isTyping }, { from }) =>
    setEnds((all) => new Map(all).set(from, isTyping ? Date.now() + lastsMs : 0)),
  )
  useEffect(() => {
    const next = Math.min(...[...ends.values()])
    if (next === Infinity) return
    const timer = setTimeout(() => setEnds(new Map([...ends].filter(([, end]) => end > Date.now()))), next - Date.now())
    return () => clearTimeout(timer)
  }, [ends])
  const typing = members.filter(({ id }) => id !== me.id && ends.has(id)).map(({ user }) => user.name)
  return (
    <p className="chat-typing">
      {typing.length > 0 && `${names.format(typing)} ${typing.length > 1 ? 'are' : 'is'} typing…`}
    </p>
  )
}
