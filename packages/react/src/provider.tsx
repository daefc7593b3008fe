import type { Client } from '@millrace/client'
import type { Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { useMemo, useState, useSyncExternalStore, type ReactNode } from 'react'
import { ClientHolder } from './client-holder.ts'
import { Context } from './context.ts'

export interface MillraceProviderProps<C extends Contract = Contract> {
  /**
   * A client, which stays yours to close; or a function that makes one. The function is called once per mounted provider,
   * whatever it becomes later, and the client is closed after the provider is gone; React's StrictMode and fast refresh
   * make no second one. It does nothing but make a client: the tree may be rendered and thrown away.
   */
  readonly client: Client | (() => Client)
  /** For `useOutbox`, and for the optimistic rows of `useHistory`; of the same client. It stays yours to close. */
  readonly outbox?: Outbox<C> | undefined
  readonly children?: ReactNode
}

/** Gives the hooks below it their client, and their outbox where there is one. Nothing connects before a hook needs it. */
export function MillraceProvider<C extends Contract>({
  client,
  outbox,
  children,
}: MillraceProviderProps<C>): ReactNode {
  return typeof client === 'function' ? (
    <OwnClient make={client} outbox={outbox as Outbox<Contract> | undefined}>
      {children}
    </OwnClient>
  ) : (
    <Given client={client} outbox={outbox as Outbox<Contract> | undefined}>
      {children}
    </Given>
  )
}

interface Props {
  readonly outbox: Outbox<Contract> | undefined
  readonly children: ReactNode
}

function OwnClient({ make, outbox, children }: Props & { readonly make: () => Client }): ReactNode {
  const [holder] = useState(() => new ClientHolder(make))
  const client = useSyncExternalStore(holder.hold, holder.get, holder.get)
  return (
    <Given client={client} outbox={outbox}>
      {children}
    </Given>
  )
}

function Given({ client, outbox, children }: Props & { readonly client: Client }): ReactNode {
  const value = useMemo(() => ({ client, outbox }), [client, outbox])
  return <Context value={value}>{children}</Context>
}
