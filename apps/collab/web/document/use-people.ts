import type { DocumentProvider } from '@millrace/yjs/client'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { Changing } from '../changing.ts'

export interface Person {
  readonly id: string
  readonly name: string
  /** Of one of the person's windows that has a caret in the text; undefined where none has. */
  readonly clientId: number | undefined
}

/** Who else is here, by name. The server says who they are. */
export function usePeople({ awareness }: DocumentProvider, ownId: string): readonly Person[] {
  const shown = useMemo(() => new Changing<readonly Person[]>([]), [])
  useEffect(() => {
    const refresh = (): void => {
      const people = readPeople(awareness.getStates(), ownId)
      // Carets move all the time, and most of that changes nothing here.
      if (JSON.stringify(people) !== JSON.stringify(shown.read())) shown.set(people)
    }
    refresh()
    awareness.on('change', refresh)
    return () => awareness.off('change', refresh)
  }, [awareness, ownId, shown])
  return useSyncExternalStore(shown.subscribe, shown.read)
}

function readPeople(states: ReadonlyMap<number, Readonly<Record<string, unknown>>>, ownId: string): readonly Person[] {
  const people = new Map<string, Person>()
  for (const [clientId, { user, cursor }] of states) {
    const { id, name } = (user ?? {}) as { readonly id?: unknown; readonly name?: unknown }
    if (typeof id !== 'string' || typeof name !== 'string' || id === ownId) continue
    const known = people.get(id)?.clientId
    people.set(id, { id, name, clientId: known ?? (cursor ? clientId : undefined) })
  }
  return [...people.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
