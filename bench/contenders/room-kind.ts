/** Where the scenarios with one room publish. */
export const publishedRoom = 'lobby'
/** Every update is delivered, gathered for 10 ms where the server can. */
export const streamRoom = 'stream'
/** The newest value of each key counts. */
export const quoteRoom = 'board'
/** Keeps everything that is published to it in a run. */
export const heavyRoom = 'heavy'
/** Its members view numbers over time. */
export const chartRoom = 'charts'

const kinds = {
  volatile: 'live',
  [streamRoom]: 'stream',
  [quoteRoom]: 'board',
  [heavyRoom]: 'heavy',
  [chartRoom]: 'charts',
} as const

export type RoomKind = (typeof kinds)[keyof typeof kinds] | 'feed'

/** What a room is for, by its name before the first dash. */
export function roomKind(room: string): RoomKind {
  const [name = ''] = room.split('-')
  return Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : 'feed'
}
