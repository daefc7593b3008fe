import type { Authenticate } from '@millrace/server'

/** Believes a token: a user's id, or `id|ms`, whose credentials end at that wall time, ms since 1970. */
export const authenticate: Authenticate = ({ auth: { token } }) => {
  if (typeof token !== 'string') return null
  const [id = '', expiresAt] = token.split('|')
  return { user: { id }, ...(expiresAt !== undefined && { expiresAt: Number(expiresAt) }) }
}
