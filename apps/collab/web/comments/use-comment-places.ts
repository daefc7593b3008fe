import { useMemo } from 'react'
import type * as Y from 'yjs'
import type { CommentPlace } from '../editor/comment-marks.ts'
import type { ShownComment } from '../desk/with-requests.ts'
import { rangeOf, rangeOfQuote } from './anchor.ts'

/** Where the open comments are. @param shown The text as it stands: with it they move. */
export function useCommentPlaces(
  text: Y.Text,
  comments: readonly ShownComment[],
  shown: string,
): readonly CommentPlace[] {
  return useMemo(
    () =>
      comments.flatMap(({ id, anchor, quote, resolved }) => {
        const range = resolved ? undefined : (rangeOf(text, anchor) ?? rangeOfQuote(shown, quote))
        // After a change of the text places are others, although nothing here names it.
        return range && range.to <= shown.length ? [{ id, ...range }] : []
      }),
    [text, comments, shown],
  )
}
