import type { Off } from '@millrace/client'
import type { Awareness } from 'y-protocols/awareness'

export interface DocumentWatcher {
  readonly edited: (update: Uint8Array, origin: unknown) => void
  /** The awareness changed: of this replica or of others. */
  readonly spoke: (origin: unknown) => void
  /** The document is over. */
  readonly ended: () => void
}

export function watchDocument(awareness: Awareness, { edited, spoke, ended }: DocumentWatcher): Off {
  const { doc } = awareness
  const changed = (_changes: unknown, origin: unknown) => spoke(origin)
  doc.on('update', edited)
  doc.on('destroy', ended)
  awareness.on('change', changed)
  return () => {
    doc.off('update', edited)
    doc.off('destroy', ended)
    awareness.off('change', changed)
  }
}
