import type { ReactElement, ReactNode } from 'react'

export interface BrandProps {
  /** The address of the mark. */
  readonly mark: string
  readonly href: string
  /** Beside it, for example a ThemeSwitch. */
  readonly children?: ReactNode
}

/** Whose page it is, and the way to its home; at the top of a side bar. */
export function Brand({ mark, href, children }: BrandProps): ReactElement {
  return (
    <div className="mr-brand">
      <a href={href}>
        <img src={mark} alt="" width="24" height="24" /> Millrace
      </a>
      {children}
    </div>
  )
}
