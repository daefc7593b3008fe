import { useEffect, useRef, type ReactElement } from 'react'
import type { Composed, ComposerHandle } from '../composer/composer-props.ts'
import { Composer } from '../composer/composer.tsx'
import { ComposerNote } from '../composer/composer-note.tsx'
import { usePictureDraft } from '../composer/use-picture-draft.tsx'
import type { Suggest } from '../composer/use-suggestions.ts'
import { failureText } from '../failure-text.ts'
import type { ShrinkOptions } from '../picture/shrink-image.ts'
import { useToasts } from '../toasts/use-toasts.ts'
import { useRepeated } from '../use-repeated.ts'
import { TypingLine } from './typing-line.tsx'

/** What is being written: something new, or something about a message. */
export type Writing<Message> = { readonly kind: 'new' } | { readonly kind: 'reply' | 'edit'; readonly message: Message }

interface Written {
  readonly id: string
  readonly author: { readonly name: string }
  readonly text: string
  readonly mentions: readonly { readonly id: string; readonly name: string }[]
}

export interface SentMessage extends Composed {
  readonly picture: Uint8Array<ArrayBuffer> | undefined
}

export interface MessageComposerProps<Message extends Written> {
  /** Of the conversation. */
  readonly name: string
  /** What is written here and not sent is kept under it, as long as the page lives. */
  readonly draftKey: string
  readonly writing: Writing<Message>
  readonly onWriting: (writing: Writing<Message>) => void
  /** What it throws is said in a toast, and the text stays. */
  readonly onSend: (message: SentMessage, writing: Writing<Message>) => void
  /** UTF-16 units. */
  readonly maxLength: number
  readonly picture: ShrinkOptions
  readonly suggest: Suggest
  /** Called every 3 s while somebody types, and when they stop. */
  readonly onTyping: (isTyping: boolean) => void
  /** Names of others who type. */
  readonly typists: readonly string[]
}

const drafts = new Map<string, string>()
const typingEveryMs = 3_000

/** Where messages are written, answered and edited, with mentions and pictures, below who else types. */
export function MessageComposer<Message extends Written>(props: MessageComposerProps<Message>): ReactElement {
  const { writing, onWriting } = props
  const key = writing.kind === 'edit' ? writing.message.id : ''
  // Leaving an edit brings the draft back, which an edit must not replace.
  return <KeyedComposer key={key} {...props} onCancel={() => onWriting({ kind: 'new' })} />
}

interface KeyedComposerProps<Message extends Written> extends MessageComposerProps<Message> {
  readonly onCancel: () => void
}

function KeyedComposer<Message extends Written>(props: KeyedComposerProps<Message>): ReactElement {
  const { name, draftKey, writing, onSend, onCancel, maxLength, suggest, onTyping, typists } = props
  const toasts = useToasts()
  const picture = usePictureDraft(props.picture)
  const sayTyping = useRepeated(onTyping, typingEveryMs)
  const composer = useRef<ComposerHandle>(null)
  const isEdit = writing.kind === 'edit'
  useEffect(() => {
    // On a phone that would open the keyboard over what somebody came to read.
    if (writing.kind !== 'new' || matchMedia('(hover: hover)').matches) composer.current?.focus()
  }, [writing])

  function send(composed: Composed): boolean {
    const { length } = composed.text
    try {
      if (length > maxLength) throw new Error(`this message has ${length} characters; at most ${maxLength} fit`)
      onSend({ ...composed, picture: picture.bytes }, writing)
    } catch (error) {
      toasts.show({ tone: 'bad', text: failureText(error) })
      return false
    }
    picture.clear()
    onCancel()
    return true
  }

  return (
    <div className="mr-message-composer">
      <TypingLine names={typists} />
      <Composer
        ref={composer}
        label={isEdit ? 'Edit your message' : `Message to ${name}`}
        placeholder={`Message ${name}`}
        initialText={isEdit ? writing.message.text : (drafts.get(draftKey) ?? '')}
        {...(isEdit && { initialMentions: writing.message.mentions.map((one) => ({ id: one.id, label: one.name })) })}
        canSendEmpty={picture.bytes !== undefined}
        sendLabel={isEdit ? 'Save' : 'Send'}
        suggest={suggest}
        onSend={send}
        onCancel={onCancel}
        onText={(text) => {
          if (isEdit) return
          drafts.set(draftKey, text)
          sayTyping(text.trim() !== '')
        }}
        {...(!isEdit && { onFiles: picture.take })}
        above={
          <>
            {writing.kind !== 'new' && (
              <ComposerNote cancelLabel="Cancel" onCancel={onCancel}>
                {isEdit ? 'Editing your message' : `Reply to ${writing.message.author.name}: ${writing.message.text}`}
              </ComposerNote>
            )}
            {picture.preview}
          </>
        }
      />
    </div>
  )
}
