import { useEffect, useState, type ReactElement } from 'react'
import type { ClientState } from '@millrace/client'
import { Button } from './button.tsx'
import { connectionText } from './connection-text.ts'
import { Icon } from './icon.tsx'

export interface ConnectionBannerProps {
  readonly state: ClientState
  /** Changes that wait to be sent. */
  readonly waitingCount: number
  /** Connect now, for example `() => client.connect()`. */
  readonly onRetry?: () => void
}

/** A connection that is back within this time is not worth a word, ms. */
const patienceMs = 700

/** One line while there is no connection, read aloud when it appears. */
export function ConnectionBanner({ state, waitingCount, onRetry }: ConnectionBannerProps): ReactElement {
  const said = connectionText(state, waitingCount)
  const isPatient = usePatience(said !== undefined, patienceMs) && said?.tone !== 'refused'
  const shown = isPatient ? undefined : said
  return (
    <output className="mr-connection" data-tone={shown?.tone}>
      {shown && (
        <>
          <Icon name={shown.tone === 'busy' ? 'retry' : 'offline'} size="small" />
          <span>{shown.text}</span>
          {shown.canRetry && onRetry && (
            <Button size="small" onClick={onRetry}>
              Try now
            </Button>
          )}
        </>
      )}
    </output>
  )
}

/** True until something has been the case for so long. */
function usePatience(isCase: boolean, ms: number): boolean {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    if (!isCase) return
    const timer = setTimeout(() => setOver(true), ms)
    return () => {
      clearTimeout(timer)
      setOver(false)
    }
  }, [isCase, ms])
  return isCase && !isOver
}
