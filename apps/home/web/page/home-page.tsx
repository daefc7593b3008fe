import type { ReactElement } from 'react'
import { usePulse } from '../pulse/use-pulse.ts'
import { BreakPanel } from './break-panel.tsx'
import { CodeExcerpt } from './code-excerpt.tsx'
import { Demos } from './demos.tsx'
import { Facts } from './facts.tsx'
import { Lead } from './lead.tsx'
import { SiteFooter } from './site-footer.tsx'
import { SiteHeader } from './site-header.tsx'

export function HomePage(): ReactElement {
  const pulse = usePulse()
  return (
    <>
      <SiteHeader />
      <main id="main" tabIndex={-1}>
        <Lead pulse={pulse} />
        <BreakPanel {...pulse} />
        <Demos people={pulse.report?.people} />
        <CodeExcerpt />
        <Facts />
      </main>
      <SiteFooter />
    </>
  )
}
