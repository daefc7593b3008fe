import { element } from './element.ts'

/** The colour of a user, by id: two people with one name still look different. */
function hueOf(userId: string): number {
  let hash = 0
  for (const character of userId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360
  return hash
}

/** A coloured disc with the first letter of the name; says nothing to a screen reader, for which the name stands beside it. */
export function avatar(user: { readonly id: string; readonly name: string }): HTMLElement {
  const [initial = '?'] = user.name
  const disc = element('span', { class: 'avatar', 'aria-hidden': 'true' }, initial.toUpperCase())
  disc.style.setProperty('--hue', String(hueOf(user.id)))
  return disc
}
