import type { PageUser, PublicUser } from './contract.ts'

/** The hues of the avatars, as light as white text on them allows: seen as lines on the surfaces of both themes. */
const colours = ['#357382', '#8f6133', '#507346', '#a6514d', '#536c97', '#825e88', '#287868', '#796a32'] as const

/** The colour of a user's cursor: that of the user's avatar. */
export function colourOf(userId: string): string {
  let hash = 0
  for (const character of userId) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0
  return colours[hash % colours.length] ?? colours[0]
}

/** What others see of a user in a page. */
export const pageUser = ({ id, name }: PublicUser): PageUser => ({ id, name, color: colourOf(id) })
