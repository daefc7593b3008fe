import type { ReactElement } from 'react'
import { iconPaths, type IconName } from './icon-paths.ts'

export interface IconProps {
  readonly name: IconName
  /** Default `medium`: 20 px. */
  readonly size?: 'small' | 'medium' | 'large'
}

/** A picture beside words that say the same: screen readers do not hear it. */
export function Icon({ name, size = 'medium' }: IconProps): ReactElement {
  return (
    <svg className="mr-icon" data-size={size} data-icon={name} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={iconPaths[name]} />
    </svg>
  )
}
