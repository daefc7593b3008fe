import { MillraceError } from '@millrace/contract'
import { acceptUpdate, type Sender } from './accept-update.ts'
import type { LiveDocument } from './live-document.ts'
import type { UploadPart } from './uploads.ts'

/** Takes one part of an update; with the last one the whole is let into the document, as any update is. */
export async function takePart(
  document: LiveDocument,
  signal: AbortSignal,
  part: UploadPart,
  sender: Sender,
): Promise<void> {
  const { uploads } = document
  const whole = uploads.take(signal, part)
  if (whole === undefined) return
  try {
    await acceptUpdate(document, whole, sender)
  } catch (error) {
    // Where nothing speaks against it the last part may be sent again.
    if (!(error instanceof MillraceError) || error.rule.retry === 'never') uploads.forget(signal)
    throw error
  }
  uploads.forget(signal)
}
