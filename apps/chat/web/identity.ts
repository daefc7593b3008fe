/** Who somebody is in this browser. The server knows the user by a hash of the secret. */
export interface Identity {
  /** 64 hex digits. */
  readonly secret: string
  readonly name: string
}

const storageKey = 'millrace-chat-identity'

/** Undefined where there is none, or the browser keeps nothing for this page. */
export function loadIdentity(): Identity | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    if (typeof value !== 'object' || value === null || !('secret' in value) || !('name' in value)) return undefined
    const { secret, name } = value
    return typeof secret === 'string' && typeof name === 'string' ? { secret, name } : undefined
  } catch {
    return undefined
  }
}

/** A new name keeps the secret, and with it the user. */
export function saveIdentity(name: string): Identity {
  const identity = { secret: loadIdentity()?.secret ?? newSecret(), name: name.trim() }
  try {
    localStorage.setItem(storageKey, JSON.stringify(identity))
  } catch {
    // A browser that keeps nothing: the identity ends with the page.
  }
  return identity
}

function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
