import type { KeptRequest, Outbox } from '@millrace/client/outbox'
import type { Contract } from '@millrace/contract'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useMillrace } from '../context.ts'
import type { RoomAddress } from '../untyped-room.ts'
import type { HistoryStore } from './history-store.ts'

const none: readonly KeptRequest[] = []

/** The requests of one room that wait in the provider's outbox; their answers go to the store. */
export function useRoomRequests(room: object, address: RoomAddress, store: HistoryStore): readonly KeptRequest[] {
  const { outbox: provided } = useMillrace()
  // An outbox of another contract has nothing for this room, whatever its rooms are called.
  const outbox = provided && provided.contract === address.contract ? provided : undefined
  const isHere = useMemo(() => createMatcher(room, address), [room, address])
  const read = useMemo(() => createReader(outbox, isHere), [outbox, isHere])
  useEffect(
    () =>
      outbox?.on('answered', (answered) => {
        const { request, answer } = answered as { readonly request: KeptRequest; readonly answer: unknown }
        if (isHere(request)) store.answered(request.key, request.name, answer)
      }),
    [outbox, isHere, store],
  )
  const subscribe = useCallback((changed: () => void) => outbox?.on('change', changed) ?? (() => {}), [outbox])
  return useSyncExternalStore(subscribe, read, read)
}

/** Whether a request goes to this room: equal parameters give the same room, whatever their order. */
function createMatcher(room: object, { namespace, name }: RoomAddress): (request: KeptRequest) => boolean {
  const known = new WeakMap<KeptRequest, boolean>()
  return (request) => {
    const isHere = known.get(request) ?? (request.room === name && namespace.room(name, request.params) === room)
    known.set(request, isHere)
    return isHere
  }
}

/** The same list until something of this room changes, whatever happens in others. */
function createReader(
  outbox: Outbox<Contract> | undefined,
  isHere: (request: KeptRequest) => boolean,
): () => readonly KeptRequest[] {
  let from: unknown
  let here = none
  return () => {
    const all: readonly KeptRequest[] = outbox?.requests() ?? none
    if (all === from) return here
    from = all
    const next = all.filter(isHere)
    if (next.length !== here.length || next.some((request, index) => request !== here[index])) here = next
    return here
  }
}
