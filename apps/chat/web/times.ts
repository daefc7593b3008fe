const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** Times in ms since 1970, in the reader's language and time zone. */
export function clockText(at: number): string {
  return clock.format(at)
}

export function dayText(at: number): string {
  return day.format(at)
}

export function fullText(at: number): string {
  return full.format(at)
}
