import { shortTimeText } from '@millrace/app-design'

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

/** `5 minutes ago` up to an hour, then as `shortTimeText`. Clocks that differ make nothing of the future. */
export function agoText(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return relative.format(-minutes, 'minute')
  const text = shortTimeText(at, now)
  const yesterday = relative.format(-1, 'day')
  // It stands within a line.
  return text.toLocaleLowerCase() === yesterday.toLocaleLowerCase() ? yesterday : text
}
