import { useMemo } from 'react'
import type * as Y from 'yjs'
import { useSettled } from '../document/use-settled.ts'
import type { CommentPlace } from '../editor/comment-marks.ts'
import type { ShownComment } from '../desk/with-requests.ts'
import { rangeOf, rangeOfQuote } from './anchor.ts'

/** Characters: in longer texts places are looked for when nobody has written for a while. */
const longText = 20_000
const longTextMs = 400

/** Where a comment stands in the text. @param shown The text, perhaps as it was lately. */
export function placeOfComment(
  text: Y.Text,
  { anchor, quote }: Pick<ShownComment, 'anchor' | 'quote'>,
  shown: string,
): Omit<CommentPlace, 'id'> | undefined {
  return rangeOf(text, anchor) ?? rangeOfQuote(shown, quote)
}

/** Where the open comments are. @param shown The text as it stands: with it they move. */
export function useCommentPlaces(
  text: Y.Text,
  comments: readonly ShownComment[],
  shown: string,
): readonly CommentPlace[] {
  // The editor moves its marks with the text meanwhile.
  const settled = useSettled(shown, shown.length > longText ? longTextMs : 0)
  return useMemo(
    () =>
      comments.flatMap(({ id, anchor, quote, resolved }) => {
        const range = resolved ? undefined : placeOfComment(text, { anchor, quote }, settled)
        // After a change of the text places are others, although nothing here names it.
        return range && range.to <= text.length ? [{ id, ...range }] : []
      }),
    [text, comments, settled],
  )
}
