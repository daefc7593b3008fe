/** Rooms that everybody finds in the list. */
export const listedRooms: readonly string[] = ['lobby', 'random', 'help']

/** The name of a room from what somebody typed: at most 64 of letters, digits, _ and -. Empty where nothing is left. */
export function roomName(typed: string): string {
  return typed
    .trim()
    .replace(/^#/, '')
    .replace(/\s+/g, '-')
    .replace(/[^\w-]/g, '')
    .slice(0, 64)
}

/** The room that the page's address names, `#random`; else the first of the list. */
export function roomOfAddress(hash: string): string {
  return roomName(decode(hash)) || (listedRooms[0] ?? 'lobby')
}

function decode(hash: string): string {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
