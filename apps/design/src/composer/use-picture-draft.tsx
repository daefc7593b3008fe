import { useState, type ReactElement } from 'react'
import { shrinkImage, type ShrinkOptions } from '../picture/shrink-image.ts'
import { useToasts } from '../toasts/use-toasts.ts'
import { useBlobAddress } from '../use-blob-address.ts'
import { ComposerNote } from './composer-note.tsx'

export interface PictureDraft {
  /** Ready to be sent. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  /** For a Composer's `above`. */
  readonly preview: ReactElement | undefined
  /** For a Composer's `onFiles`. What cannot be sent is said in a toast. */
  readonly take: (files: readonly File[]) => void
  readonly clear: () => void
}

/** The picture that goes with what is being written. */
export function usePictureDraft(options: ShrinkOptions): PictureDraft {
  const toasts = useToasts()
  const [bytes, setBytes] = useState<Uint8Array<ArrayBuffer>>()
  const address = useBlobAddress(bytes)
  const complain = (text: string): void => void toasts.show({ tone: 'bad', text })
  const clear = (): void => setBytes(undefined)
  return {
    bytes,
    clear,
    take: ([file, ...others]) => {
      if (others.length > 0) complain('One picture goes with a message. The first was taken.')
      if (file) shrinkImage(file, options).then(setBytes, (fault: Error) => complain(fault.message))
    },
    preview:
      address !== undefined ? (
        <ComposerNote cancelLabel="Remove the picture" onCancel={clear}>
          <img src={address} alt="To be sent" className="mr-composer-picture" />
        </ComposerNote>
      ) : undefined,
  }
}
