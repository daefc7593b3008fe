import type { Off, RoomClient } from '@millrace/client'
import type { SnapshotOutput } from '@millrace/contract'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { Changing } from './changing.ts'

type Step<S> = (state: S) => S

interface Folding<R, S> {
  readonly room: RoomClient<R>
  readonly from: (snapshot: SnapshotOutput<R>) => S
  /** Calls `take` with what each event makes of the state. */
  readonly listen: (room: RoomClient<R>, take: (step: Step<S>) => void) => readonly Off[]
}

/** What a room's snapshot and the events after it say. */
class Folded<R, S> {
  readonly state = new Changing<S | undefined>(undefined)
  readonly #folding: Folding<R, S>
  #source: SnapshotOutput<R> | undefined
  /** What came before there was a snapshot. */
  #early: Step<S>[] = []

  constructor(folding: Folding<R, S>) {
    this.#folding = folding
  }

  listen(): Off {
    const { room, listen } = this.#folding
    const gaps = room as unknown as { on(name: 'gap', listener: (gap: { snapshot: SnapshotOutput<R> }) => void): Off }
    // Here, and not only where the page is drawn anew: between the two there may be events.
    const offs = [gaps.on('gap', ({ snapshot }) => this.begin(snapshot)), ...listen(room, (step) => this.#take(step))]
    return () => offs.forEach((off) => off())
  }

  /** Everything is what this says. One that is known already changes nothing. */
  begin(snapshot: SnapshotOutput<R> | undefined): void {
    if (snapshot === undefined || snapshot === this.#source) return
    this.#source = snapshot
    const start = this.#folding.from(snapshot)
    this.state.set(this.#early.reduce((state, step) => step(state), start))
    this.#early = []
  }

  #take(step: Step<S>): void {
    const before = this.state.read()
    if (before === undefined) this.#early.push(step)
    else this.state.set(step(before))
  }
}

/**
 * What a room's snapshot and the events after it say; undefined before there is a snapshot, as `useRoom` gives it. `from` and
 * `listen` must stay the same.
 */
export function useFolded<R, S>(
  { room, from, listen }: Folding<R, S>,
  snapshot: SnapshotOutput<R> | undefined,
): S | undefined {
  const folded = useMemo(() => new Folded({ room, from, listen }), [room, from, listen])
  useEffect(() => folded.listen(), [folded])
  useEffect(() => folded.begin(snapshot), [folded, snapshot])
  return useSyncExternalStore(folded.state.subscribe, folded.state.read)
}
