import type { IncomingMessage } from 'node:http'

/**
 * Which web pages may connect. `same-origin`: those that this server serves. A list of origins such as
 * `https://app.example.com` adds front ends elsewhere; `any` turns the check off. Clients that are no browsers send no
 * Origin and are not affected.
 */
export type Origins = 'same-origin' | 'any' | readonly string[]

/** Whether the request's Origin may connect. `Origin: null` is that of a page without one, and is refused. */
export function isOriginAllowed(origins: Origins, trustProxy: boolean, request: IncomingMessage): boolean {
  const { origin } = request.headers
  if (origin === undefined || origins === 'any') return true
  if (origins !== 'same-origin' && origins.includes(origin)) return true
  const forwarded = trustProxy ? firstValue(request.headers['x-forwarded-host']) : undefined
  const host = hostOf(origin)
  return host !== undefined && host === (forwarded ?? request.headers.host)?.toLowerCase()
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** The client's address. Behind one trusted proxy: the last that it added to X-Forwarded-For. */
export function clientAddress(
  trustProxy: boolean,
  direct: string,
  forwardedFor: string | string[] | undefined,
): string {
  if (!trustProxy || forwardedFor === undefined) return direct
  const hops = (typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(',')).split(',')
  return hops[hops.length - 1]?.trim() || direct
}

function firstValue(header: string | string[] | undefined): string | undefined {
  return (typeof header === 'string' ? header : header?.[0])?.split(',')[0]?.trim()
}
