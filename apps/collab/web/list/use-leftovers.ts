import { useOutbox, useNamespace } from '@millrace/react'
import { useEffect, useState } from 'react'
import { collab, type PublicUser } from '../../contract.ts'
import { isBarred } from '../copy/is-barred.ts'
import { sweepCopies } from '../copy/sweep-copies.ts'
import { readKept } from '../document/kept-changes.ts'
import type { ListedEntry } from './with-titles.ts'

/**
 * Removes copies of documents that are not the user's any more: when the list is opened, and when something leaves it.
 *
 * @returns Those that hold changes which were never sent.
 */
export function useLeftovers(me: PublicUser, entries: readonly ListedEntry[] | undefined): readonly string[] {
  const namespace = useNamespace(collab)
  const outbox = useOutbox(collab)
  const [left, setLeft] = useState<readonly string[]>([])
  const listed = entries
    ?.map(({ id }) => id)
    .toSorted()
    .join(' ')
  useEffect(() => {
    if (listed === undefined) return
    let isHere = true
    const ids = new Set(listed.split(' '))
    const asked = (): readonly string[] =>
      outbox.requests().flatMap(({ room, params }) => (room === 'desk' ? [params.documentId] : []))
    sweepCopies({
      userId: me.id,
      asked: asked(),
      isListed: (id) => ids.has(id),
      isBarred: (id) => isBarred(namespace, me.id, id),
      isUnsent: (id) => (readKept(me.id)[id] ?? 0) > 0 || asked().includes(id),
    }).then(
      (found) => isHere && setLeft(found),
      // Without an answer nothing is removed; the next visit asks again.
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [namespace, outbox, me.id, listed])
  return left
}
