import { deskPlace } from '../desk/desk-place.ts'
import { copyName, documentOfCopy } from './copy-name.ts'
import { removeRows } from './copy-rows.ts'

interface SweepParts {
  readonly userId: string
  /** Documents of which something was asked and has no answer, whether there is a copy or not. */
  readonly asked: readonly string[]
  readonly isListed: (documentId: string) => boolean
  readonly isBarred: (documentId: string) => Promise<boolean>
  /** Whether something in it was never sent. */
  readonly isUnsent: (documentId: string) => boolean
}

/**
 * Removes what this browser kept of documents that the user may not open any more.
 *
 * @returns Those that were left, since something in them was never sent.
 */
export async function sweepCopies(parts: SweepParts): Promise<readonly string[]> {
  const { userId, asked, isListed, isBarred, isUnsent } = parts
  const left: string[] = []
  // Some browsers do not list them.
  const copies = (await indexedDB.databases?.()) ?? []
  const kept = copies.flatMap(({ name = '' }) => documentOfCopy(userId, name) ?? [])
  for (const documentId of new Set([...kept, ...asked])) {
    if (isListed(documentId) || !(await isBarred(documentId))) continue
    if (isUnsent(documentId)) left.push(documentId)
    else {
      await removeRows(copyName(userId, documentId))
      sessionStorage.removeItem(deskPlace(userId, documentId))
    }
  }
  return left
}
