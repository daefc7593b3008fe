import type { Clock, Random } from '@millrace/contract'
import type { BackoffLimits } from './backoff.ts'
import type { Requests } from './requests.ts'
import type { Visibility } from './series/visibility.ts'

/** What namespaces and rooms share. */
export interface Host {
  readonly clock: Clock
  readonly random: Random
  readonly requests: Requests
  readonly clientId: string
  /** Default: that of the page. */
  readonly visibility: Visibility | undefined
  readonly backoff: BackoffLimits
  readonly report: (error: unknown) => void
  /** The server broke the protocol in a way that the client recovers from. */
  readonly protocolError: (message: string) => void
  /** Begins to connect where that is not under way; a reason where the client gave up or is closed. */
  readonly start: () => string | undefined
}
