import type { ReactElement, ReactNode } from 'react'

export function Page({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has to scroll it
    <section className="page" aria-label="Specimens" tabIndex={0}>
      <div className="page-column">{children}</div>
    </section>
  )
}

interface SpecimenProps {
  readonly title: string
  readonly children: ReactNode
  /** One below the other instead of side by side. */
  readonly isStacked?: boolean
}

export function Specimen({ title, children, isStacked = false }: SpecimenProps): ReactElement {
  return (
    <section className="specimen">
      <h2>{title}</h2>
      <div className={isStacked ? 'specimen-stack' : 'specimen-row'}>{children}</div>
    </section>
  )
}
