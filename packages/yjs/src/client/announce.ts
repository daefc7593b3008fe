import type { DocumentProviderEvents } from './document-provider-options.ts'
import type { ProviderStatus } from './provider-status.ts'

/** What an application can read of a provider. */
export interface Shown {
  readonly status: ProviderStatus
  readonly isSynced: boolean
  readonly unsaved: number
  readonly canWrite: boolean
}

export const shownAtFirst: Shown = { status: 'disconnected', isSynced: false, unsaved: 0, canWrite: true }

export type Tell = <N extends keyof DocumentProviderEvents>(
  name: N,
  ...args: Parameters<DocumentProviderEvents[N]>
) => void

/** Tells what is another than before. */
export function announce(before: Shown, now: Shown, tell: Tell): void {
  const { status, isSynced, unsaved, canWrite } = now
  if (status !== before.status) tell('status', { status })
  if (canWrite !== before.canWrite) tell('access', canWrite)
  if (isSynced !== before.isSynced) tell('sync', isSynced)
  if (unsaved !== before.unsaved) tell('unsaved', unsaved)
}
