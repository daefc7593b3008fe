import type { CallOptions, DurableMeta, Member, Off, RequestOutcome, RoomClient } from '@millrace/client'
import type { GapReason, RequestInput } from '@millrace/contract'
import type { AwarenessState, DocumentEntry, DocumentRequests } from '../contract/index.ts'

type Requests = Pick<DocumentRequests, 'open' | 'update.send' | 'update.part'>

export type DocumentMember = Member<unknown, AwarenessState>

/** What documents use of a room, whatever its parameters and users are. */
export interface DocumentRoom {
  on(name: 'update', listener: (update: Uint8Array, meta: DurableMeta) => void): Off
  on(name: 'gap', listener: (gap: { readonly reason: GapReason }) => void): Off
  on(name: 'joined', listener: (again: { readonly recovered: boolean }) => void): Off
  on(name: 'kicked', listener: (error: Error) => void): Off
  /** The room was left, or the connection is over. Every room of a client calls it; no contract can have the name. */
  on(name: '!out', listener: () => void): Off
  join(options: { readonly presence: AwarenessState }): Promise<unknown>
  leave(): Promise<void>
  tryRequest<N extends keyof Requests>(
    name: N,
    input: RequestInput<Requests[N]>,
    options?: CallOptions,
  ): Promise<RequestOutcome<Requests[N]>>
  readonly presence: {
    members(): readonly DocumentMember[]
    on(listener: () => void): Off
    set(state: AwarenessState): Promise<void>
  }
}

export function documentRoomOf<R extends DocumentEntry>(room: RoomClient<R>): DocumentRoom {
  return room as unknown as DocumentRoom
}
