import type { Client } from '@millrace/client'
import { useMillrace } from './context.ts'

/** The client of the provider. */
export function useClient(): Client {
  return useMillrace().client
}
