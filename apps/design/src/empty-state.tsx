import type { ReactElement, ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface EmptyStateProps {
  readonly icon?: IconName
  readonly title: string
  readonly children?: ReactNode
  /** What to do about it, for example a button. */
  readonly action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="mr-empty">
      {icon && (
        <span className="mr-empty-icon">
          <Icon name={icon} size="large" />
        </span>
      )}
      <p className="mr-empty-title">{title}</p>
      {children !== undefined && <div className="mr-empty-text">{children}</div>}
      {action}
    </div>
  )
}
