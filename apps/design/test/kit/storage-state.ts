import type { BrowserContextOptions } from 'playwright-core'
import type { Visitor } from './session-of.ts'

/** What a browser keeps of a session. Several browsers with one are several devices. */
export type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>

export function storageStateOf(address: string, { auth, extraHeaders }: Visitor): StorageState {
  const [name = '', value = ''] = extraHeaders.cookie.split('=')
  const browserKey = { name: 'millrace browser key', value: auth.browserKey }
  const rest = { domain: 'localhost', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' } as const
  return {
    cookies: [{ name, value, ...rest }],
    origins: [{ origin: address, localStorage: [browserKey] }],
  }
}
