const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exact = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** Hours, minutes and seconds of the reader's time zone. */
export function exactTime(at: number): string {
  return exact.format(at)
}

/** What stands below a mark of the time axis. @param stepMs between marks. */
export function axisTime(at: number, stepMs: number): string {
  if (stepMs < 60_000) return exact.format(at)
  const text = clock.format(at)
  return text === '00:00' ? day.format(at) : text
}

/** How long ago, in few letters: `12 s`, `3 min`, `2.5 h`. */
export function agoText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${(seconds / 3_600).toFixed(1)} h` : `${Math.round(seconds / 86_400)} d`
}
