import { useEffect, useState } from 'react'
import { Picture } from '@millrace/app-design'
import type { MessageRow } from './message-rows.ts'
import type { ConversationRoom } from './use-read-mark.ts'

const mostKept = 40
/** Files by id: rows leave the page and come back as the log scrolls. */
const kept = new Map<string, Promise<Uint8Array>>()

function read(room: ConversationRoom, id: string): Promise<Uint8Array> {
  const file = kept.get(id) ?? room.request('image.read', { id })
  kept.delete(id)
  kept.set(id, file)
  file.catch(() => kept.delete(id))
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
  return file
}

interface MessagePictureProps {
  readonly row: MessageRow
  readonly room: ConversationRoom
}

export function MessagePicture({ row: { value, request }, room }: MessagePictureProps) {
  const { image, author } = value
  const own = (request?.input as { readonly image?: Uint8Array } | undefined)?.image
  const [bytes, setBytes] = useState(own)
  const [hasFailed, setFailed] = useState(false)
  const id = own ? undefined : image?.id
  useEffect(() => {
    if (id === undefined) return
    read(room, id).then(setBytes, () => setFailed(true))
  }, [room, id])
  if (!image) return null
  if (hasFailed) return <p className="chat-note">The picture could not be loaded.</p>
  return <Picture bytes={bytes} width={image.width} height={image.height} label={`Picture from ${author.name}`} />
}
