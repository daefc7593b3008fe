import type { ReactElement, ReactNode } from 'react'

export interface SideBarProps {
  /** Stays in place above what scrolls. */
  readonly header?: ReactNode
  readonly children: ReactNode
  /** Stays in place below it. */
  readonly footer?: ReactNode
}

export function SideBar({ header, children, footer }: SideBarProps): ReactElement {
  return (
    <div className="mr-side">
      {header !== undefined && <div className="mr-side-head">{header}</div>}
      <div className="mr-side-body">{children}</div>
      {footer !== undefined && <div className="mr-side-foot">{footer}</div>}
    </div>
  )
}
