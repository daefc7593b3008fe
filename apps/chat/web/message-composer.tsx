import { useEffect, useRef, type Dispatch } from 'react'
import {
  Composer,
  ComposerNote,
  failureText,
  usePictureDraft,
  useRecent,
  useRepeated,
  useToasts,
  type Composed,
  type ComposerHandle,
} from '@millrace/app-design'
import { useEvent, useOutbox, usePresence } from '@millrace/react'
import { chat, maxImageBytes, maxTextLength, type Message, type PublicUser } from '../contract.ts'
import { useChatRequests } from './use-chat-requests.ts'
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

const names = new Intl.ListFormat('en')
/** What was written and not sent, by conversation. */
const drafts = new Map<string, string>()

export function MessageComposer({ room, params, me, name, writing, setWriting }: MessageComposerProps) {
  const outbox = useOutbox(chat)
  const toasts = useToasts()
  const { suggest } = useChatRequests()
  const picture = usePictureDraft({ maxBytes: maxImageBytes, maxEdge: 1_600 })
  const sayTyping = useRepeated((isTyping) => room.publish('typing', { isTyping }), 3_000)
  const [typing, noteTyping] = useRecent<string | null>(6_000)
  useEvent(room, 'typing', ({ isTyping }, { from }) => noteTyping(from, isTyping))
  const typists = usePresence(room)
    .members.filter(({ id }) => id !== me.id && typing.has(id))
    .map(({ user }) => user.name)
  const composer = useRef<ComposerHandle>(null)
  const isEdit = writing.kind === 'edit'
  const place = params.conversationId
  const stop = (): void => setWriting({ kind: 'new' })
  useEffect(() => {
    // On a phone that would open the keyboard over what somebody came to read.
    if (writing.kind !== 'new' || matchMedia('(hover: hover)').matches) composer.current?.focus()
  }, [writing])

  function send({ text, mentions: ids }: Composed): boolean {
    const mentions = [...ids]
    try {
      if (text.length > maxTextLength)
        throw new Error(`this message has ${text.length} characters; at most ${maxTextLength} fit`)
      if (isEdit) outbox.send('conversation', params, 'message.edit', { id: writing.message.id, text, mentions })
      else {
        const replyTo = writing.kind === 'reply' ? writing.message.id : undefined
        outbox.send('conversation', params, 'message.send', { text, mentions, replyTo, image: picture.bytes })
      }
    } catch (error) {
      toasts.show({ tone: 'bad', text: failureText(error) })
      return false
    }
    picture.clear()
    stop()
    return true
  }

  return (
    <div className="chat-composer">
      <p className="chat-typing">
        {typists.length > 0 && `${names.format(typists)} ${typists.length > 1 ? 'are' : 'is'} typing…`}
      </p>
      <Composer
        ref={composer}
        label={isEdit ? 'Edit your message' : `Message to ${name}`}
        placeholder={`Message ${name}`}
        initialText={isEdit ? writing.message.text : (drafts.get(place) ?? '')}
        {...(isEdit && { initialMentions: writing.message.mentions.map(({ id, name: label }) => ({ id, label })) })}
        canSendEmpty={picture.bytes !== undefined}
        sendLabel={isEdit ? 'Save' : 'Send'}
        suggest={suggest}
        onSend={send}
        onCancel={stop}
        onText={(text) => {
          if (isEdit) return
          drafts.set(place, text)
          sayTyping(text.trim() !== '')
        }}
        {...(!isEdit && { onFiles: picture.take })}
        above={
          <>
            {writing.kind !== 'new' && (
              <ComposerNote cancelLabel="Cancel" onCancel={stop}>
                {isEdit
                  ? 'Editing your message'
                  : `Reply to ${writing.message.author.name}: ${writing.message.text || 'a picture'}`}
              </ComposerNote>
            )}
            {picture.preview}
          </>
        }
      />
    </div>
  )
}
