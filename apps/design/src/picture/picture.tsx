import { useState, type ReactElement } from 'react'
import { Dialog } from '../dialog.tsx'
import { useBlobAddress } from '../use-blob-address.ts'

export interface PictureProps {
  /** The file. Undefined while it is being read: its place is kept. */
  readonly bytes: Uint8Array | undefined
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** What it shows, or whose it is. */
  readonly label: string
}

/** A picture of at most 360 by 320 px, which opens large. */
export function Picture({ bytes, width, height, label }: PictureProps): ReactElement {
  const address = useBlobAddress(bytes)
  const [isOpen, setOpen] = useState(false)
  const scale = Math.min(1, 360 / width, 320 / height)
  return (
    <>
      <button
        type="button"
        className="mr-picture"
        style={{ inlineSize: width * scale, aspectRatio: `${width} / ${height}` }}
        aria-label={`${label}, open large`}
        onClick={() => setOpen(true)}
      >
        {address !== undefined && <img src={address} alt={label} draggable={false} />}
      </button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={label} size="large">
        {address !== undefined && <img className="mr-picture-large" src={address} alt={label} />}
      </Dialog>
    </>
  )
}
