import type { IncomingMessage } from 'node:http'

export interface ProxySettings {
  /** Where browsers find this server, if a proxy hides it. */
  readonly publicOrigin: string | undefined
  /** Whether X-Forwarded-Host and -Proto are believed. */
  readonly trustProxy: boolean
}

/** Whether a page of this server sent it. What is no browser sends no Origin, and has no cookies that a page could abuse. */
export function isSameOrigin({ headers }: IncomingMessage, { publicOrigin, trustProxy }: ProxySettings): boolean {
  const { origin } = headers
  if (origin === undefined || origin === publicOrigin) return true
  const host = (trustProxy ? firstOf(headers['x-forwarded-host']) : undefined) ?? headers.host
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}

/** Whether the browser reached us over https, through a proxy that said so. */
export function isHttps({ headers }: IncomingMessage, { publicOrigin, trustProxy }: ProxySettings): boolean {
  if (trustProxy && firstOf(headers['x-forwarded-proto']) === 'https') return true
  return publicOrigin?.startsWith('https:') === true
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return (typeof header === 'string' ? header : header?.[0])?.split(',')[0]?.trim()
}
