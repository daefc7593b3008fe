import { shortTimeText } from '@millrace/app-design'

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

/** `5 minutes ago` up to an hour, then as `shortTimeText`. Clocks that differ make nothing of the future. */
export function agoText(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000)
  if (minutes < 1) return 'just now'
  return minutes < 60 ? relative.format(-minutes, 'minute') : shortTimeText(at, now)
}
