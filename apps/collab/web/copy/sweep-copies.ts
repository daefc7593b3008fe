import { documentOfCopy } from './copy-name.ts'
import { removeRows } from './copy-rows.ts'

interface SweepParts {
  readonly userId: string
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
export async function sweepCopies({ userId, isListed, isBarred, isUnsent }: SweepParts): Promise<readonly string[]> {
  const left: string[] = []
  // Some browsers do not list them.
  const copies = (await indexedDB.databases?.()) ?? []
  for (const { name = '' } of copies) {
    const documentId = documentOfCopy(userId, name)
    if (documentId === undefined || isListed(documentId) || !(await isBarred(documentId))) continue
    if (isUnsent(documentId)) left.push(documentId)
    else await removeRows(name)
  }
  return left
}
