import type { ReactElement, ReactNode } from 'react'

export interface BadgeProps {
  readonly children: ReactNode
  readonly tone?: 'neutral' | 'accent' | 'mention' | 'good' | 'warn' | 'bad'
  /** What a screen reader says in place of a bare number: `3 unread`. */
  readonly label?: string
}

export function Badge({ children, tone = 'neutral', label }: BadgeProps): ReactElement {
  if (label === undefined) {
    return (
      <span className="mr-badge" data-tone={tone}>
        {children}
      </span>
    )
  }
  return (
    <span className="mr-badge" data-tone={tone}>
      <span aria-hidden="true">{children}</span>
      <span className="mr-unseen">{label}</span>
    </span>
  )
}
