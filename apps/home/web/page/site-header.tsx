import { ThemeSwitch } from '@millrace/app-design'
import type { ReactElement } from 'react'
import mark from '../favicon.svg'

export function SiteHeader(): ReactElement {
  return (
    <header className="site-header">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <div className="site-header-row">
        <p className="brand">
          <img src={mark} alt="" width="28" height="28" />
          Millrace
        </p>
        <nav aria-label="On this page">
          <a href="#break">Break it</a>
          <a href="#demos">Demos</a>
          <a href="#code">Code</a>
        </nav>
        <ThemeSwitch />
      </div>
    </header>
  )
}
