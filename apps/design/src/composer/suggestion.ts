export interface Suggestion {
  readonly id: string
  readonly label: string
}

/** Who of those that were chosen is still named in the text. */
export function mentionedIds(text: string, chosen: readonly Suggestion[]): readonly string[] {
  return [...new Set(chosen.filter(({ label }) => text.includes(`@${label}`)).map(({ id }) => id))]
}
