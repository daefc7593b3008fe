import type { Client } from '@millrace/client'
import type { Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { createContext, useContext } from 'react'

export interface MillraceContext {
  readonly client: Client
  readonly outbox: Outbox<Contract> | undefined
}

export const Context = createContext<MillraceContext | undefined>(undefined)

export function useMillrace(): MillraceContext {
  const context = useContext(Context)
  if (!context) throw new Error('there is no MillraceProvider above this component; put one around the application')
  return context
}
