import type { NamespaceClient } from '@millrace/client'
import { MillraceError } from '@millrace/contract'
import type { collab } from '../../contract.ts'

/**
 * Whether the server says for certain that a document is not, or not any more, for this user. A lost connection, a session that ended and
 * a server that cannot answer say nothing, and reject.
 */
export async function isBarred(
  space: NamespaceClient<typeof collab>,
  userId: string,
  documentId: string,
): Promise<boolean> {
  // Somebody else may have signed in in this browser meanwhile: of what they may not open nothing follows.
  const isSame = async (): Promise<boolean> => (await space.request('whoami', {})).id === userId
  if (!(await isSame())) return false
  try {
    await space.request('document.find', { id: documentId })
    return false
  } catch (fault) {
    if (!(fault instanceof MillraceError) || !['FORBIDDEN', 'NOT_FOUND'].includes(fault.code)) throw fault
    return isSame()
  }
}
