import { Button, Composer, ComposerNote, Picture, RichText, shrinkImage } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { people } from './people.ts'
import { Page, Specimen } from './specimen.tsx'
import { suggestPeople } from './suggest-people.ts'

export function ComposerPage(): ReactElement {
  const [sent, setSent] = useState<readonly { readonly text: string; readonly mentions: readonly string[] }[]>([])
  const [picture, setPicture] = useState<{ readonly name: string; readonly bytes: Uint8Array }>()
  const [isReply, setReply] = useState(true)
  const [fault, setFault] = useState('')

  async function take(files: readonly File[]): Promise<void> {
    const [file] = files
    if (!file) return
    try {
      const bytes = await shrinkImage(file, { maxBytes: 400_000, maxEdge: 1_600 })
      setFault('')
      setPicture({ name: file.name, bytes })
    } catch (error) {
      setPicture(undefined)
      setFault(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <Page>
      <Specimen title="Composer" isStacked>
        <ol className="sent" aria-label="Sent">
          {sent.map(({ text, mentions }, index) => (
            // Nothing is ever removed here.
            <li key={index} data-mentions={mentions.join(' ')}>
              <RichText text={text} mentions={people} />
            </li>
          ))}
        </ol>
        <output className="room">{fault || (picture && `${picture.name}: ${picture.bytes.byteLength} bytes`)}</output>
        {picture ? (
          <Picture bytes={picture.bytes} width={160} height={120} label="Your picture" />
        ) : (
          <div className="room" />
        )}
        <Composer
          label="Message"
          placeholder="Message to General"
          maxLength={4_000}
          canSendEmpty={picture !== undefined}
          suggest={suggestPeople}
          onFiles={(files) => void take(files)}
          onCancel={() => setReply(false)}
          onSend={(composed) => {
            if (composed.text === 'refuse') return false
            setSent((all) => [...all, composed])
            setPicture(undefined)
          }}
          above={
            isReply && (
              <ComposerNote cancelLabel="Do not reply" onCancel={() => setReply(false)}>
                Replying to Ada Lovelace
              </ComposerNote>
            )
          }
        />
        <Button onClick={() => setReply(true)}>Reply</Button>
        <Composer label="Closed" placeholder="You cannot write here" isDisabled onSend={() => {}} />
      </Specimen>
    </Page>
  )
}
