import type { CallOptions, NamespaceClient, RequestOutcome, RoomClient } from '@millrace/client'
import type {
  Contract,
  ParsedRequestOutput,
  RequestFailure,
  RequestInput,
  RequestName,
  RequestsOf,
} from '@millrace/contract'
import { useCallback, useRef, useState } from 'react'

/** A request, and how the newest call of it stands. */
export interface UsedRequest<E> {
  /** Sends it. Never rejects: the outcome is `{ ok: true, data }` or `{ ok: false, error }`, each typed by the contract. */
  readonly ask: (input: RequestInput<E>, options?: CallOptions) => Promise<RequestOutcome<E>>
  readonly isPending: boolean
  /** Of the newest call; `error.code` tells the declared errors apart. */
  readonly error: RequestFailure<E> | undefined
  /** Of the newest call that had an answer. Stays while the next one is pending. */
  readonly data: ParsedRequestOutput<E> | undefined
  /** Forgets error and data; an answer that is still to come changes nothing any more. */
  readonly reset: () => void
}

interface State {
  /** What was asked; of another one nothing is shown. */
  readonly target: object | undefined
  readonly name: string
  readonly isPending: boolean
  readonly error: unknown
  readonly data: unknown
}

interface Target {
  tryRequest(
    name: string,
    input: unknown,
    options?: CallOptions,
  ): Promise<{ readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: unknown }>
}

const fresh: State = { target: undefined, name: '', isPending: false, error: undefined, data: undefined }

/** For a button that waits for its answer. What must survive a reload goes through `useOutbox`. */
export function useRequest<R, N extends RequestName<R>>(room: RoomClient<R>, name: N): UsedRequest<RequestsOf<R>[N]>
export function useRequest<C extends Contract, N extends RequestName<C>>(
  namespace: NamespaceClient<C>,
  name: N,
): UsedRequest<RequestsOf<C>[N]>
export function useRequest(target: object, name: string): UsedRequest<never> {
  const [state, setState] = useState(fresh)
  const calls = useRef(0)
  const ask = useCallback(
    async (input: unknown, options?: CallOptions) => {
      const call = ++calls.current
      const show = (change: Partial<State>) =>
        setState((state) => ({ ...(isOf(state, target, name) ? state : { ...fresh, target, name }), ...change }))
      show({ isPending: true, error: undefined })
      const outcome = await (target as Target).tryRequest(name, input, options)
      if (call === calls.current) {
        show(outcome.ok ? { isPending: false, data: outcome.data } : { isPending: false, error: outcome.error })
      }
      return outcome
    },
    [target, name],
  )
  const reset = useCallback(() => {
    calls.current += 1
    setState(fresh)
  }, [])
  const { isPending, error, data } = isOf(state, target, name) ? state : fresh
  return { ask, reset, isPending, error, data } as UsedRequest<never>
}

function isOf(state: State, target: object, name: string): boolean {
  return state.target === target && state.name === name
}
