import { createHash } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { UserName } from './user-name.ts'

export interface User {
  readonly id: string
  readonly name: string
}

export interface Session extends User {
  /** Ms since 1970. */
  readonly expiresAt: number
}

/** What a browser keeps to itself, beside the cookie. */
export const BrowserKey = z.string().regex(/^[\w-]{43}$/)

export const sessionDays = 30
export const sessionMs = sessionDays * 86_400_000

const Claims = z.object({
  sub: z.string().regex(/^[\w-]{22}$/),
  name: UserName,
  exp: z.int(),
  /** The digest of the browser's key. */
  bind: z.string(),
})

/** Whom a session belongs to, or why it is refused: a sentence for people. */
export type Reading = { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly reason: string }

/** Signed, not encrypted: who has the token can read the name, and nothing of the browser's key. */
export async function signSession(secret: Uint8Array, session: Session, browserKey: string): Promise<string> {
  return new SignJWT({ name: session.name, bind: digest(browserKey) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(session.id)
    .setExpirationTime(Math.floor(session.expiresAt / 1_000))
    .sign(secret)
}

/** @param browserKey As it came, whatever it is. */
export async function readToken(secret: Uint8Array, token: string, browserKey: unknown, now: Date): Promise<Reading> {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], currentDate: now })
    const { sub, name, exp, bind } = Claims.parse(payload)
    if (typeof browserKey !== 'string' || bind !== digest(browserKey))
      return refused('this session belongs to another browser; enter your name again')
    return { ok: true, session: { id: sub, name, expiresAt: exp * 1_000 } }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refused('this session has expired; enter your name again')
    if (error instanceof errors.JOSEError || error instanceof z.ZodError)
      return refused('this session was not made by this server; enter your name again')
    throw error
  }
}

function refused(reason: string): Reading {
  return { ok: false, reason }
}

function digest(browserKey: string): string {
  return createHash('sha256').update(browserKey).digest('base64url')
}
