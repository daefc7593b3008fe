import { Button, Segments, useToasts } from '@millrace/app-design'
import { useEffect, useReducer, type ReactElement, type ReactNode } from 'react'
import { useAddress, usePageParts } from '../page-parts.ts'
import { agoText } from './time-text.ts'
import { lengthOf, windowChoices, windowText } from './time-window.ts'

const lengths = windowChoices.map(({ name, label, ms }) => ({ value: ms, name, label }))
/** How often it says anew how far behind a still window is, ms. */
const everyMs = 1_000

/** What time is shown, and how to get it to stand still and go on. @param children What else belongs to the view. */
export function TimeBar({ children }: { readonly children?: ReactNode }): ReactElement {
  const { time, address } = usePageParts()
  const { window: shown } = useAddress()
  const toasts = useToasts()
  const isLive = shown.kind === 'live'
  const lengthMs = lengthOf(shown)
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (isLive) return
    const timer = setInterval(again, everyMs)
    return () => clearInterval(timer)
  }, [isLive])

  async function share(): Promise<void> {
    address.write()
    try {
      await navigator.clipboard.writeText(location.href)
      toasts.show({ tone: 'good', text: 'The address of this view is copied.' })
    } catch {
      // Where the clipboard is closed to pages, the address bar is not.
      toasts.show({ title: 'Copy the address from the address bar', text: location.href, durationMs: 20_000 })
    }
  }

  return (
    <div className="time-bar" role="toolbar" aria-label="Time">
      <Segments
        label="How much time is shown"
        choices={lengths}
        chosen={isLive ? shown.lastMs : undefined}
        onChoose={(ms) => time.goLive(ms)}
      />
      {isLive ? (
        <Button size="small" icon="pause" onClick={() => time.pause()}>
          Pause
        </Button>
      ) : (
        <Button size="small" variant="primary" icon="play" onClick={() => time.goLive()}>
          Catch up
        </Button>
      )}
      <p className="time-bar-state" data-live={isLive}>
        {isLive
          ? `live, last ${windowText(lengthMs)}`
          : `${windowText(lengthMs)}, ${agoText(time.now() - shown.to)} ago`}
      </p>
      {/* Without how long ago: nobody wants to hear every second. */}
      <output className="mr-unseen">{`${isLive ? 'live' : 'paused'}, ${windowText(lengthMs)}`}</output>
      <Button
        className="time-bar-share"
        size="small"
        variant="quiet"
        icon="link"
        aria-label="Share this view"
        onClick={() => void share()}
      >
        <span>Share this view</span>
      </Button>
      {children !== undefined && <div className="time-bar-rest">{children}</div>}
    </div>
  )
}
