import { useId, type ReactElement, type ReactNode } from 'react'

export interface ListProps {
  /** Its name, a heading above it. */
  readonly label: string
  readonly isLabelHidden?: boolean
  /** Beside the heading, for example a button that adds something. */
  readonly action?: ReactNode
  /** ListItem elements. */
  readonly children: ReactNode
}

export function List({ label, isLabelHidden = false, action, children }: ListProps): ReactElement {
  const id = useId()
  return (
    <section className="mr-list">
      <div className={isLabelHidden ? 'mr-unseen' : 'mr-list-head'}>
        <h2 id={id} className="mr-list-label">
          {label}
        </h2>
        {action}
      </div>
      <ul aria-labelledby={id} className="mr-list-items">
        {children}
      </ul>
    </section>
  )
}
