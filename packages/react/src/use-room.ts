import type { RoomClient } from '@millrace/client'
import type {
  Contract,
  HasPresence,
  MillraceError,
  ParamsInput,
  PresenceStateInput,
  RoomEntry,
  RoomName,
  RoomsOf,
  SnapshotOutput,
} from '@millrace/contract'
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useNewest } from './newest.ts'
import { noteLeft, recordOf } from './records.ts'
import type { RoomAddress } from './untyped-room.ts'
import { useClient } from './use-client.ts'

/** A room that a component shows. */
export interface JoinedRoom<R> {
  /** The same object for the same parameters. */
  readonly room: RoomClient<R>
  /**
   * `joining` until the first answer, also offline; `joined` from then on, over reconnects, see `useConnection`; `refused`
   * where the server said no, put the client out, or the client gave up.
   */
  readonly status: 'joining' | 'joined' | 'refused'
  /** Why it was refused; while joined: why the presence was not taken. */
  readonly error: MillraceError | undefined
  /**
   * Of the join, or of the newest gap: another one where events were lost. While joining a room that was left lately it is
   * what was known then, so that going back shows something at once, also offline.
   */
  readonly snapshot: SnapshotOutput<R> | undefined
  /** For `useHistory`, which finds the room's kept requests by it. */
  readonly address: RoomAddress
  /** Joins again after a refusal. Does nothing otherwise. */
  readonly retry: () => void
}

export interface UseRoomOptions<R> {
  /** What this client says of itself. Another value is told to the others without a new join. */
  readonly presence: PresenceStateInput<R>
}

export type UseRoomArguments<R> =
  HasPresence<R> extends true
    ? [params: ParamsInput<R>, options: UseRoomOptions<R>]
    : R extends { readonly params: object }
      ? [params: ParamsInput<R>]
      : [params?: ParamsInput<R>]

/**
 * Joins a room while the component is mounted. Components that show the same room share one membership; the last one to
 * go leaves. A rendering that is thrown away joins nothing.
 *
 * @throws MillraceError `INVALID_INPUT`, while rendering, where the parameters do not fit; for an error boundary.
 */
export function useRoom<C extends Contract, N extends RoomName<C>>(
  contract: C,
  name: N,
  ...[params, options]: UseRoomArguments<RoomsOf<C>[N]>
): JoinedRoom<RoomsOf<C>[N]> {
  const namespace = useClient().use(contract) as unknown as RoomAddress['namespace']
  const room = namespace.room(name, params)
  const record = recordOf(room)
  const entry = contract.rooms?.[name] as RoomEntry
  const address = useMemo(() => ({ contract, namespace, name, entry }), [contract, namespace, name, entry])
  const presence = (options as UseRoomOptions<unknown> | undefined)?.presence
  const presenceText = JSON.stringify(presence)
  const newestPresence = useNewest(presence)

  useEffect(() => {
    const current = newestPresence.current
    const join = current === undefined ? undefined : { presence: current }
    return record.hold(address, join, (left) => noteLeft(address, left))
  }, [record, address, newestPresence])
  useEffect(() => {
    if (presenceText !== undefined) record.setPresence(newestPresence.current)
  }, [record, presenceText, newestPresence])

  const subscribe = useCallback((changed: () => void) => record.on(changed), [record])
  const read = () => record.view
  const view = useSyncExternalStore(subscribe, read, read)
  const joined = useMemo(() => ({ room, address, ...view, retry: () => record.retry() }), [room, address, record, view])
  return joined as unknown as JoinedRoom<RoomsOf<C>[N]>
}
