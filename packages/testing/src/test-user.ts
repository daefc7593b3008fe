import { fail } from '@millrace/contract'
import type { Authenticate, UserLike } from '@millrace/server'

/** The user of a test: whoever the client's `auth` says in `user`. Without it the client is refused. */
export interface TestUser extends UserLike {
  readonly name: string
}

/** Believes `auth: { user: 'ada' }`, which no real server would. */
export const authenticateTestUser: Authenticate<TestUser> = ({ auth: { user } }) => {
  if (typeof user !== 'string') throw fail('UNAUTHENTICATED', "say who the client is: auth: { user: 'ada' }")
  return { user: { id: user, name: user } }
}
