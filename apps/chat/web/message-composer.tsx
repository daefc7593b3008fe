import { useEffect, useRef, useState, type Dispatch } from 'react'
import {
  Composer,
  failureText,
  IconButton,
  shrinkImage,
  useBlobAddress,
  useToasts,
  type Composed,
  type ComposerHandle,
} from '@millrace/app-design'
import { useOutbox } from '@millrace/react'
import { chat, maxImageBytes, maxTextLength, type Message, type PublicUser } from '../contract.ts'
import { Typists, useSayTyping } from './typing.tsx'
import { useSuggestPeople } from './use-suggest-people.ts'
import type { ConversationRoom } from './use-read-mark.ts'

export type Writing = { readonly kind: 'new' } | { readonly kind: 'reply' | 'edit'; readonly message: Message }

interface MessageComposerProps {
  readonly room: ConversationRoom
  readonly params: { readonly conversationId: string }
  readonly me: PublicUser
  readonly name: string
  readonly writing: Writing
  readonly setWriting: Dispatch<Writing>
}

/** What was written and not sent, by conversation. */
const drafts = new Map<string, string>()

export function MessageComposer({ room, params, me, name, writing, setWriting }: MessageComposerProps) {
  const outbox = useOutbox(chat)
  const toasts = useToasts()
  const suggest = useSuggestPeople()
  const sayTyping = useSayTyping(room)
  const [picture, setPicture] = useState<Uint8Array<ArrayBuffer>>()
  const address = useBlobAddress(picture)
  const composer = useRef<ComposerHandle>(null)
  const place = params.conversationId
  const isEdit = writing.kind === 'edit'
  useEffect(() => {
    // On a phone that would open the keyboard over what somebody came to read.
    if (writing.kind !== 'new' || matchMedia('(hover: hover)').matches) composer.current?.focus()
  }, [writing])

  const complain = (text: string): false => {
    toasts.show({ tone: 'bad', text })
    return false
  }
  function send({ text, mentions: ids }: Composed): boolean {
    if (text.length > maxTextLength)
      return complain(`This message has ${text.length} characters; ${maxTextLength} fit.`)
    const mentions = [...ids]
    try {
      if (isEdit) outbox.send('conversation', params, 'message.edit', { id: writing.message.id, text, mentions })
      else {
        const replyTo = writing.kind === 'reply' ? writing.message.id : undefined
        outbox.send('conversation', params, 'message.send', { text, mentions, replyTo, image: picture })
      }
    } catch (fault) {
      return complain(failureText(fault))
    }
    setPicture(undefined)
    setWriting({ kind: 'new' })
    return true
  }
  function take([file, ...others]: readonly File[]): void {
    if (others.length > 0) complain('One picture goes with a message. The first was taken.')
    if (file)
      shrinkImage(file, { maxBytes: maxImageBytes, maxEdge: 1_600 }).then(setPicture, (fault: Error) =>
        complain(fault.message),
      )
  }

  return (
    <div className="chat-composer">
      <Typists room={room} me={me} />
      <Composer
        ref={composer}
        label={isEdit ? 'Edit your message' : `Message to ${name}`}
        placeholder={`Message ${name}`}
        initialText={isEdit ? writing.message.text : (drafts.get(place) ?? '')}
        {...(isEdit && { initialMentions: writing.message.mentions.map(({ id, name: label }) => ({ id, label })) })}
        canSendEmpty={picture !== undefined}
        sendLabel={isEdit ? 'Save' : 'Send'}
        suggest={suggest}
        onSend={send}
        onCancel={() => setWriting({ kind: 'new' })}
        onText={(text) => {
          if (isEdit) return
          drafts.set(place, text)
          sayTyping(text.trim() !== '')
        }}
        {...(!isEdit && { onFiles: take })}
        above={
          <>
            {writing.kind !== 'new' && (
              <div className="chat-above">
                <p dir="auto">
                  {isEdit
                    ? 'Editing your message'
                    : `Reply to ${writing.message.author.name}: ${writing.message.text || 'a picture'}`}
                </p>
                <IconButton icon="close" label="Cancel" size="small" onClick={() => setWriting({ kind: 'new' })} />
              </div>
            )}
            {address !== undefined && (
              <div className="chat-above">
                <img src={address} alt="To be sent" className="chat-preview" />
                <IconButton
                  icon="close"
                  label="Remove the picture"
                  size="small"
                  onClick={() => setPicture(undefined)}
                />
              </div>
            )}
          </>
        }
      />
    </div>
  )
}
