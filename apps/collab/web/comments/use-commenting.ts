import type { EditorView } from '@codemirror/view'
import { useToasts } from '@millrace/app-design'
import { useState } from 'react'
import type * as Y from 'yjs'
import type { CommentDraft } from '../../contract.ts'
import type { ShownComment } from '../desk/with-requests.ts'
import type { CommentPlace } from '../editor/comment-marks.ts'
import { draftOf } from './draft-of.ts'
import { plainText } from '../editor/plain-text.ts'
import { placeOfComment, useCommentPlaces } from './use-comment-places.ts'

interface CommentingParts {
  readonly text: Y.Text
  readonly comments: readonly ShownComment[]
  /** The text as it stands on the page. */
  readonly shown: string
  /** Brings the comments onto the page. */
  readonly onOpen: () => void
  readonly onShowText: (from: number, to: number) => void
}

export interface Commenting {
  /** Where the open comments stand in the text. */
  readonly places: readonly CommentPlace[]
  readonly currentId: string | undefined
  /** A comment that is being written. */
  readonly draft: Omit<CommentDraft, 'text'> | undefined
  readonly begin: (view: EditorView) => void
  readonly end: (addedId: string | undefined) => void
  /** From the text to the comment, and back. */
  readonly choose: (id: string) => void
  readonly showText: (id: string) => void
}

/** Which comment is written or looked at. */
export function useCommenting({ text, comments, shown, onOpen, onShowText }: CommentingParts): Commenting {
  const toasts = useToasts()
  const [draft, setDraft] = useState<Omit<CommentDraft, 'text'>>()
  const [currentId, setCurrentId] = useState<string>()
  const places = useCommentPlaces(text, comments, shown)
  return {
    places,
    currentId,
    draft,
    begin: (view) => {
      const next = view.state.readOnly ? undefined : draftOf(view, text)
      if (!next) return void toasts.show({ text: 'Select the text that you want to comment on.' })
      setDraft(next)
      onOpen()
    },
    end: (addedId) => {
      setDraft(undefined)
      if (addedId !== undefined) setCurrentId(addedId)
    },
    choose: (id) => {
      setCurrentId(id)
      onOpen()
    },
    showText: (id) => {
      const comment = comments.find((each) => each.id === id)
      // Looked for now: what is on the page may be of before the last keys.
      const place = comment && placeOfComment(text, comment, plainText(text))
      if (!place) return
      setCurrentId(id)
      onShowText(place.from, place.to)
    },
  }
}
