import { ReplyError } from 'ioredis'

/**
 * - `refused`: the attempt did nothing; another one may succeed.
 * - `unknown`: nobody knows whether it did; another one may succeed.
 * - `failed`: Redis says that it failed, and it will again.
 */
export type CommandFault = 'refused' | 'unknown' | 'failed'

/**
 * Redis says these before it runs a script, and the scripts' first line makes it so for the first four. The others are of a
 * Redis that starts, of a cluster that lacks the slot, and of a connection without a user. Rights (NOPERM) are not among
 * them: a script finds out about each of its commands when it comes to it.
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
  'NOAUTH',
  'NOSCRIPT',
])

/** @param wasWritten Whether a byte of it may have reached a socket. */
export function faultOf(error: unknown, wasWritten: boolean): CommandFault {
  const message = messageOf(error)
  if (!wasWritten || refusals.has(codeOf(message))) return 'refused'
  return error instanceof ReplyError ? 'failed' : 'unknown'
}

export function isNoScript(error: unknown): boolean {
  return codeOf(messageOf(error)) === 'NOSCRIPT'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function codeOf(message: string): string {
  return message.split(' ', 1)[0] ?? ''
}
