import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'

export interface AppShellProps {
  /** Usually a SideBar. */
  readonly side: ReactNode
  /** The name of the side bar's landmark. */
  readonly sideLabel: string
  /** The bar above the main part. */
  readonly header: ReactNode
  readonly children: ReactNode
  /** Which of the two a phone shows; wide windows show both. */
  readonly view: 'side' | 'main'
  /** The phone's way back to the side bar. */
  readonly onBack: () => void
  readonly backLabel?: string
  readonly skipLabel?: string
}

export function AppShell(props: AppShellProps): ReactElement {
  const { side, sideLabel, header, children, view, onBack } = props
  const { backLabel = 'Back to the list', skipLabel = 'Skip to the main part' } = props
  const sideElement = useRef<HTMLDivElement>(null)
  const mainElement = useRef<HTMLElement>(null)
  const shown = useRef(view)
  useEffect(() => {
    if (shown.current === view) return
    shown.current = view
    // What had the focus may have gone with its view, and the keyboard would start at the top of the page.
    if (document.activeElement && document.activeElement !== document.body && isVisible(document.activeElement)) return
    const part = view === 'side' ? sideElement.current : mainElement.current
    const target = part?.querySelector<HTMLElement>('[aria-current]') ?? part
    target?.focus({ preventScroll: true })
  }, [view])
  return (
    <div className="mr-shell" data-view={view}>
      {/* Not by its address: the page's own address may mean something else. */}
      <a
        className="mr-skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          mainElement.current?.focus()
        }}
      >
        {skipLabel}
      </a>
      <aside ref={sideElement} className="mr-shell-side" aria-label={sideLabel} tabIndex={-1}>
        {side}
      </aside>
      <main ref={mainElement} id="main" className="mr-shell-main" tabIndex={-1}>
        <header className="mr-shell-bar">
          <IconButton className="mr-shell-back" icon="back" label={backLabel} onClick={onBack} />
          {header}
        </header>
        {children}
      </main>
    </div>
  )
}

function isVisible(element: Element): boolean {
  return element.checkVisibility()
}
