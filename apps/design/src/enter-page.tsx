import type { ReactElement, ReactNode } from 'react'
import { NameForm, type NameFormProps } from './name-form.tsx'
import { ThemeSwitch } from './theme/theme-switch.tsx'

export interface EnterPageProps extends Omit<NameFormProps, 'initialName'> {
  readonly title: string
  readonly logo: string
  /** What one enters. */
  readonly children: ReactNode
}

/** The page of somebody who has no session yet. */
export function EnterPage({ title, logo, children, ...form }: EnterPageProps): ReactElement {
  return (
    <main className="mr-enter">
      <div className="mr-enter-card">
        <img src={logo} alt="" width="48" height="48" />
        <h1>{title}</h1>
        <div className="mr-enter-text">{children}</div>
        <NameForm {...form} />
        <p className="mr-enter-note">No password: this browser keeps a secret, and who has it is you.</p>
      </div>
      <ThemeSwitch />
    </main>
  )
}
