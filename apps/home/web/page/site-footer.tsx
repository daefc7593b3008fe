import type { ReactElement } from 'react'

export function SiteFooter(): ReactElement {
  return (
    <footer className="site-footer">
      <p>
        This server says how it is: <a href="/healthz">/healthz</a> (it lives) and <a href="/readyz">/readyz</a> (it
        delivers).
      </p>
    </footer>
  )
}
