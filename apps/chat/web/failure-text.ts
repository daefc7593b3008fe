import { failureText } from '@millrace/app-design'
import type { MillraceError } from '@millrace/contract'

/** Why a change was not made, for the person who made it. */
export function changeFailure(error: MillraceError): string {
  if (error.code === 'NOT_AN_IMAGE')
    return 'This file is not a picture that can be shown. Send a PNG, JPEG, GIF or WebP.'
  if (error.code !== 'SLOW_MODE') return failureText(error)
  const { waitMs } = error.data as { readonly waitMs: number }
  return `Too many messages at once. Try again in ${Math.ceil(waitMs / 1_000)} s.`
}
