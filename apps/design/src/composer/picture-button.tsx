import { useRef, type ReactElement } from 'react'
import { IconButton } from '../icon-button.tsx'

interface PictureButtonProps {
  readonly onFiles: (files: readonly File[]) => void
  readonly isDisabled: boolean
}

export function PictureButton({ onFiles, isDisabled }: PictureButtonProps): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Picture"
        accept="image/png,image/jpeg,image/gif,image/webp"
        onChange={({ target }) => {
          if (target.files && target.files.length > 0) onFiles([...target.files])
          // So that the same file can be chosen again.
          target.value = ''
        }}
      />
      <IconButton icon="image" label="Add a picture" disabled={isDisabled} onClick={() => input.current?.click()} />
    </>
  )
}
