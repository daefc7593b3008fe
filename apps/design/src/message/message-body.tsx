import type { ReactElement } from 'react'
import { Picture } from '../picture/picture.tsx'
import { RichText } from '../rich-text/rich-text.tsx'
import { useFile } from '../use-file.ts'
import type { CardMessage } from './card-message.ts'

export interface MessageBodyProps {
  readonly message: CardMessage
  readonly ownId: string
  readonly unsentPicture: Uint8Array | undefined
  readonly readPicture: (id: string) => Promise<Uint8Array>
}

/** What a message says, what it answers, and its picture. */
export function MessageBody({ message, ownId, unsentPicture, readPicture }: MessageBodyProps): ReactElement {
  const { author, text, mentions, replyTo, image, editedAt, isDeleted } = message
  const file = useFile(unsentPicture ? undefined : image?.id, readPicture)
  if (isDeleted) return <p className="mr-message-gone">This message was deleted.</p>
  return (
    <>
      {replyTo && (
        <blockquote className="mr-message-quote">
          <bdi className="mr-message-author">{replyTo.author.name}</bdi>
          <span dir="auto">{replyTo.text || 'A picture'}</span>
        </blockquote>
      )}
      {text !== '' && <RichText text={text} mentions={mentions} ownId={ownId} />}
      {image && file === 'failed' && <p className="mr-message-gone">This picture could not be loaded.</p>}
      {image && file !== 'failed' && (
        <Picture
          bytes={unsentPicture ?? file}
          width={image.width}
          height={image.height}
          label={`Picture from ${author.name}`}
        />
      )}
      {editedAt !== null && <span className="mr-message-note">edited</span>}
    </>
  )
}
