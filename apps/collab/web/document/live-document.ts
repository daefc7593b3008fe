import type { RoomClient } from '@millrace/client'
import type { MillraceError } from '@millrace/contract'
import { DocumentProvider } from '@millrace/yjs/client'
import * as Y from 'yjs'
import { pageText, type collab } from '../../contract.ts'
import { Changing } from '../changing.ts'

export interface LiveDocument {
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly provider: DocumentProvider
  /** Of what is written here, and nobody else. */
  readonly undoManager: Y.UndoManager
  /** Changes that the server does not have, as far as is known. They change with each key, and all else does not. */
  readonly unsaved: Changing<number>
  end(): void
}

export interface LiveState {
  readonly status: 'connecting' | 'connected' | 'disconnected'
  readonly isSynced: boolean
  /** What this browser kept is in the text. */
  readonly isLoaded: boolean
  readonly canWrite: boolean
  /** Why the server does not take what is unsaved; undefined while it may take it. */
  readonly refusal: MillraceError | undefined
}

export const nothingYet: LiveState = {
  status: 'connecting',
  isSynced: false,
  isLoaded: false,
  canWrite: true,
  refusal: undefined,
}

type PageRoom = RoomClient<typeof collab.rooms.page>

/** Opens a document: what this browser has of it, then what the server has. @param name Of the copy, which tells users apart. */
export function openLiveDocument(room: PageRoom, name: string, onState: (state: LiveState) => void): LiveDocument {
  const doc = new Y.Doc()
  const text = doc.getText(pageText)
  const provider = new DocumentProvider({
    room,
    doc,
    persist: { name },
    onError: (error) => console.error(error),
  })
  const undoManager = new Y.UndoManager(text)
  let isLoaded = false
  let refusal: MillraceError | undefined
  const tell = (): void => {
    const { status, synced: isSynced, canWrite } = provider
    onState({ status, isSynced, isLoaded, canWrite, refusal })
  }
  provider.on('status', tell)
  provider.on('sync', tell)
  provider.on('access', tell)
  const unsaved = new Changing(0)
  provider.on('unsaved', (count) => {
    unsaved.set(count)
    if (count > 0 || !refusal) return
    refusal = undefined
    tell()
  })
  provider.on('refused', ({ error }) => {
    refusal = error
    tell()
  })
  let isOver = false
  void provider.whenLoaded().then(() => {
    isLoaded = true
    if (!isOver) tell()
  })
  return {
    doc,
    text,
    provider: provider as unknown as DocumentProvider,
    undoManager,
    unsaved,
    end: () => {
      isOver = true
      undoManager.destroy()
      provider.destroy()
      doc.destroy()
    },
  }
}
