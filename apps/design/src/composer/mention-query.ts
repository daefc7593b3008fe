/** The `@que` that the caret stands behind. `start` is the place of the `@`. */
export interface MentionQuery {
  readonly start: number
  readonly query: string
}

export function mentionQuery(text: string, caret: number): MentionQuery | undefined {
  const found = /(?:^|[\s([{"'])@([\p{L}\p{N}_.-]{0,40})$/u.exec(text.slice(0, caret))
  if (!found) return undefined
  const query = found[1] ?? ''
  return { start: caret - query.length - 1, query }
}
