import type { ReactElement } from 'react'
import { hueOf } from './hue-of.ts'
import { initialsOf } from './initials-of.ts'

export interface AvatarProps {
  readonly name: string
  /** The colour comes from it, so that two people of one name differ. Default: the name. */
  readonly id?: string
  readonly size?: 'small' | 'medium' | 'large'
  /** A dot, and words for those who do not see it. */
  readonly status?: 'active' | 'away' | undefined
}

/** Initials on a disc. It stands beside the name, so only the status is read aloud. */
export function Avatar({ name, id = name, size = 'medium', status }: AvatarProps): ReactElement {
  return (
    <span className="mr-avatar" data-size={size} data-hue={hueOf(id)} data-status={status}>
      <span aria-hidden="true">{initialsOf(name)}</span>
      {status && <span className="mr-unseen">{status === 'active' ? 'active' : 'away'}</span>}
    </span>
  )
}
