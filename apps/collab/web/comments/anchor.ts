import * as Y from 'yjs'
import type { CommentDraft } from '../../contract.ts'
import { placeOf } from '../editor/place-of.ts'

type Anchor = CommentDraft['anchor']

/** The part of a text between two places, which stays the same part whatever is written around it. */
export function anchorOf(text: Y.Text, from: number, to: number): Anchor {
  // The first sticks to what comes after it, the second to what comes before: what is written at the edges is outside.
  return { from: encode(text, from, 0), to: encode(text, to, -1) }
}

/** Where that part is now; undefined where it is gone, or was none of this text. */
export function rangeOf(
  text: Y.Text,
  { from, to }: Anchor,
): { readonly from: number; readonly to: number } | undefined {
  const start = decode(text, from)
  const end = decode(text, to)
  return start !== undefined && end !== undefined && start < end ? { from: start, to: end } : undefined
}

/**
 * Where a quote stands, if it stands there once: text that was deleted and comes back, by undoing that or by restoring a version, is
 * another text to Yjs.
 */
export function rangeOfQuote(text: string, quote: string): { readonly from: number; readonly to: number } | undefined {
  // Long ones were shortened.
  const part = quote.replace(/…$/, '')
  const from = part === '' ? -1 : text.indexOf(part)
  return from >= 0 && text.indexOf(part, from + 1) < 0 ? { from, to: from + part.length } : undefined
}

function encode(text: Y.Text, index: number, assoc: number): string {
  const position = Y.createRelativePositionFromTypeIndex(text, index, assoc)
  return btoa(String.fromCharCode(...Y.encodeRelativePosition(position)))
}

function decode(text: Y.Text, base64: string): number | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    return placeOf(text, Y.decodeRelativePosition(bytes))
  } catch {
    // Somebody's client wrote something else there; such a comment has no place.
    return undefined
  }
}
