import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** Markdown as it is written: what is said stands out, and its marks stand back. */
const style = HighlightStyle.define([
  { tag: tags.heading1, fontSize: '1.5em', fontWeight: '700', fontFamily: 'var(--mr-font)', lineHeight: '1.3' },
  { tag: tags.heading2, fontSize: '1.25em', fontWeight: '700', fontFamily: 'var(--mr-font)', lineHeight: '1.35' },
  { tag: tags.heading3, fontSize: '1.1em', fontWeight: '700', fontFamily: 'var(--mr-font)' },
  // The first line of a table is one, too, and stays in its columns.
  { tag: tags.heading, fontWeight: '700' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: [tags.link, tags.url], color: 'var(--mr-accent-text)' },
  { tag: tags.monospace, color: 'var(--mr-mention-text)' },
  { tag: tags.quote, color: 'var(--mr-muted)', fontStyle: 'italic' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], color: 'var(--mr-muted)' },
  { tag: [tags.keyword, tags.bool, tags.null], color: 'var(--mr-mention-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--mr-good-text)' },
  { tag: tags.comment, color: 'var(--mr-muted)', fontStyle: 'italic' },
])

export const markdownStyle = syntaxHighlighting(style)
