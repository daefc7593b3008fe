const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const dated = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

/** All times are ms since 1970, said in the reader's language and time zone. `14:05` */
export function timeText(at: number): string {
  return time.format(at)
}

/** `Today`, `Yesterday`, `Monday, March 3`, and with the year where it is another one. */
export function dayText(at: number, now = Date.now()): string {
  const days = daysBetween(at, now)
  if (days === 0 || days === -1) return capitalised(relative.format(days, 'day'))
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? weekday.format(at) : dated.format(at)
}

/** For a narrow place: the time if it was today, else `Yesterday`, else `Mar 3`. */
export function shortTimeText(at: number, now = Date.now()): string {
  const days = daysBetween(at, now)
  if (days === 0) return time.format(at)
  return days === -1 ? capitalised(relative.format(-1, 'day')) : short.format(at)
}

/** Everything, for a tip: `Monday, March 3, 2026 at 14:05:09` */
export function fullTimeText(at: number): string {
  return full.format(at)
}

/** Calendar days from now to then: -1 is yesterday. Days with a change of the clock have 23 or 25 hours. */
function daysBetween(at: number, now: number): number {
  return Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000)
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
