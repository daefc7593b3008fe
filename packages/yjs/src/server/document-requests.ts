import type { TypedRoomHandle } from '@millrace/server'
import type { DocumentEntry } from '../contract/document.ts'
import { acceptUpdate } from './accept-update.ts'
import { answerOpen } from './answer-open.ts'
import { mustFindDocument } from './documents.ts'
import { answerInTurn, type Connection } from './large-answers.ts'
import type { LiveDocument } from './live-document.ts'
import { mergeDocument } from './merge-document.ts'
import { restoreVersion } from './restore-version.ts'
import { sentBy, writtenFor } from './sender.ts'
import { takePart } from './take-part.ts'
import type { UploadPart } from './uploads.ts'

/** What a handler of a document's request is given. */
export interface DocumentContext<Input> {
  readonly input: Input
  readonly user: { readonly id: string }
  readonly key: string | undefined
  readonly connection: Connection
  readonly room: TypedRoomHandle<DocumentEntry>
}

export const documentRequests = {
  async open({ input, room, connection }: DocumentContext<{ readonly stateVector: Uint8Array | null }>) {
    const document = mustFindDocument(room)
    const { clock } = document.parts
    const opened = await answerInTurn(connection, clock, () => answerOpen(document, input.stateVector))
    return { ...opened, canWrite: document.seats.canWrite(connection.signal) }
  },

  async 'update.send'(context: DocumentContext<Uint8Array>) {
    const document = toWrite(context)
    await acceptUpdate(document, context.input, sentBy(document, context))
    return {}
  },

  async 'update.part'(context: DocumentContext<UploadPart>) {
    const document = toWrite(context)
    await takePart(document, context.connection.signal, context.input, sentBy(document, context))
    return {}
  },

  async 'version.list'({ room }: DocumentContext<object>) {
    return { versions: await mustFindDocument(room).versions.list() }
  },

  async 'version.save'(context: DocumentContext<{ readonly name: string }>) {
    const document = toWrite(context)
    return document.versions.save(await mergeDocument(document), context.input.name, context.user.id)
  },

  async 'version.rename'(context: DocumentContext<{ readonly id: string; readonly name: string }>) {
    return toWrite(context).versions.rename(context.input.id, context.input.name)
  },

  async 'version.remove'(context: DocumentContext<{ readonly id: string }>) {
    await toWrite(context).versions.remove(context.input.id)
    return {}
  },

  async 'version.read'({ input, room, connection }: DocumentContext<{ readonly id: string }>) {
    const { parts, versions } = mustFindDocument(room)
    return { update: await answerInTurn(connection, parts.clock, () => versions.read(input.id)) }
  },

  async 'version.restore'(context: DocumentContext<{ readonly id: string }>) {
    const document = toWrite(context)
    await restoreVersion(document, context.input.id, writtenFor(document, context))
    return {}
  },
}

/** @throws MillraceError FORBIDDEN where the connection may only read. */
function toWrite({ room, connection }: DocumentContext<unknown>): LiveDocument {
  const document = mustFindDocument(room)
  document.seats.assertWriter(connection.signal)
  return document
}
