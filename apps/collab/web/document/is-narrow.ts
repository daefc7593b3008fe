/** Whether the window is one of a phone, which shows one thing at a time. */
export function isNarrow(): boolean {
  return matchMedia('(max-width: 47.99rem)').matches
}
