import { ReplyError } from 'ioredis'

/**
 * - `refused`: the attempt did nothing; another one may succeed.
 * - `unknown`: nobody knows whether it did; another one may succeed.
 * - `failed`: Redis says that it failed, and it will again.
 */
export type CommandFault = 'refused' | 'unknown' | 'failed'

/**
 * Redis says these before it runs a script, and the scripts' first line makes it so for the first four. The others are of a
 * Redis that starts, of a cluster whose slots are elsewhere or on their way, and of a connection without a user. Rights
 * (NOPERM) are not among them: a script finds out about each of its commands when it comes to it.
 */
const refusals = new Set([
  'OOM',
  'READONLY',
  'MISCONF',
  'NOREPLICAS',
  'LOADING',
  'MASTERDOWN',
  'BUSY',
  'CLUSTERDOWN',
  'TRYAGAIN',
  'MOVED',
  'ASK',
  'NOAUTH',
  'NOSCRIPT',
])

/** What a cluster's client says when it followed so many of them; the last one comes after it. */
const redirections = 'Too many Cluster redirections. Last error: ReplyError: '

/** @param wasWritten Whether a byte of it may have reached a socket. */
export function faultOf(error: unknown, wasWritten: boolean): CommandFault {
  if (!wasWritten || ranNowhere(error)) return 'refused'
  return error instanceof ReplyError ? 'failed' : 'unknown'
}

/** Whether Redis answered that it did not begin to run the command. */
export function ranNowhere(error: unknown): boolean {
  return refusals.has(codeOf(messageOf(error)))
}

/** Whether ioredis gave up waiting. */
export function isTimeout(error: unknown): boolean {
  return messageOf(error) === 'Command timed out'
}

export function isNoScript(error: unknown): boolean {
  return codeOf(messageOf(error)) === 'NOSCRIPT'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function codeOf(message: string): string {
  const from = message.startsWith(redirections) ? redirections.length : 0
  return message.slice(from).split(' ', 1)[0] ?? ''
}
