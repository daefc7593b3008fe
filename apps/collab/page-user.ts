import type { PageUser, PublicUser } from './contract.ts'

/** The discs of the avatars, on which white text has a contrast of 4.5:1; as lines they are seen in both themes. */
const colours = ['#2f6f7e', '#8a5a2b', '#4c7042', '#a24a46', '#4a6491', '#7a5480', '#1f7262', '#75652c'] as const

/** The colour of a user's cursor: that of the user's avatar. */
export function colourOf(userId: string): string {
  let hash = 0
  for (const character of userId) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return colours[hash % colours.length] ?? colours[0]
}

/** What others see of a user in a page. */
export const pageUser = ({ id, name }: PublicUser): PageUser => ({ id, name, color: colourOf(id) })
