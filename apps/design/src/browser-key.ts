const place = 'millrace browser key'

/** The half of a session that a cookie does not hold: a secret of 43 characters that this browser drew and keeps. */
export function browserKey(): string {
  const known = localStorage.getItem(place)
  if (known !== null && /^[\w-]{43}$/.test(known)) return known
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const key = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  localStorage.setItem(place, key)
  return key
}
