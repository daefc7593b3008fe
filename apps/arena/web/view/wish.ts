import { PlayerName } from '../../contract.ts'

/** Name and colour of a boat. */
export interface Wish {
  readonly name: string
  readonly hue: number
}

export const colours = [
  { name: 'Red', hue: 4 },
  { name: 'Amber', hue: 40 },
  { name: 'Lime', hue: 95 },
  { name: 'Sky', hue: 205 },
  { name: 'Violet', hue: 285 },
  { name: 'Pink', hue: 325 },
] as const

const place = 'millrace arena boat'

/** The boat that this browser had last, or a guest's. */
export function lastWish(): Wish {
  const stored = read()
  const name = PlayerName.safeParse(stored.name)
  const hue = colours.find((colour) => colour.hue === stored.hue)?.hue
  const chance = crypto.getRandomValues(new Uint8Array(2))
  return {
    name: name.success ? name.data : `Guest ${10 + (chance[0]! % 90)}`,
    hue: hue ?? colours[chance[1]! % colours.length]!.hue,
  }
}

export function keepWish(wish: Wish): void {
  try {
    localStorage.setItem(place, JSON.stringify(wish))
  } catch {
    // A browser that keeps nothing asks again the next time.
  }
}

/** What is wrong with a name; undefined where nothing is. */
export function nameFault(name: string): string | undefined {
  if (PlayerName.safeParse(name).success) return undefined
  return name === '' ? 'Give your boat a name.' : 'Up to 20 letters, digits and spaces; begin with a letter or digit.'
}

function read(): { readonly name?: unknown; readonly hue?: unknown } {
  try {
    return (JSON.parse(localStorage.getItem(place) ?? '{}') ?? {}) as object
  } catch {
    return {}
  }
}
