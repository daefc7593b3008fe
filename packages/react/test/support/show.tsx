import type { Client } from '@millrace/client'
import type { Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MillraceProvider } from '../../src/index.ts'

export interface Shown<T, P> {
  /** What the hooks gave last. */
  readonly now: T
  /** What they gave in each rendering, in order. */
  readonly all: readonly T[]
  rerender(props: P): void
  unmount(): void
}

interface Around<P> {
  readonly client: Client | (() => Client)
  readonly outbox?: Outbox<Contract>
  readonly isStrict?: boolean
  readonly props?: P
}

/** A component that calls `use`, below a provider. */
export function show<T, P>(use: (props: P) => T, { client, outbox, isStrict = false, props }: Around<P>): Shown<T, P> {
  const all: T[] = []
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <MillraceProvider client={client} outbox={outbox}>
      {children}
    </MillraceProvider>
  )
  const { result, rerender, unmount } = renderHook<T, P>(
    (given) => {
      const value = use(given)
      all.push(value)
      return value
    },
    { wrapper, reactStrictMode: isStrict, ...(props === undefined ? {} : { initialProps: props }) },
  )
  return {
    get now() {
      return result.current
    },
    all,
    rerender,
    unmount,
  }
}
