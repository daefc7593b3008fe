import { fail } from '@millrace/contract'
import type { NamespaceCore } from '../namespace-core.ts'
import type { KeptList } from './kept-list.ts'
import type { Kept } from './kept.ts'
import type { FoundRequest } from './outbox-store.ts'
import { readStored } from './read-stored.ts'

interface Adoption {
  readonly report: (error: unknown) => void
  /** Takes it out of the store. */
  readonly drop: (key: string) => void
}

/**
 * Adds what a store found to the list, as far as it is sound and there is space. What is damaged is dropped; what there is no
 * space for stays in the store. @returns What was added.
 */
export function adoptFound(
  found: readonly FoundRequest[],
  namespace: NamespaceCore,
  list: KeptList,
  { report, drop }: Adoption,
): readonly Kept[] {
  const adopted: Kept[] = []
  let left = 0
  for (const one of found) {
    try {
      const kept = readStored(one, namespace)
      if (list.get(one.key)) continue
      if (list.hasSpaceFor(kept.bytes)) {
        list.add(kept)
        adopted.push(kept)
      } else left += 1
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      report(fail('INVALID_INPUT', `the kept request ${one.key} was dropped: ${why}`, { cause }))
      drop(one.key)
    }
  }
  if (left > 0)
    report(fail('OVERLOADED', `${left} kept requests wait for the next outbox: this one is full; discard some`))
  return adopted
}
