import type { RoomStorage } from '../handlers.ts'
import type { Store } from '../ports/store.ts'

export function roomStorage({ log, blobs }: Pick<Store, 'log' | 'blobs'>, room: string): RoomStorage {
  return {
    tail: async () => {
      const [tail] = await log.tails([room])
      if (tail === undefined) throw new Error(`the store gave no tail for ${room}`)
      return tail
    },
    read: (query) => log.read(room, query),
    trim: (through) => log.trim(room, through),
    blobs: {
      list: (prefix) => blobs.list(room, prefix),
      read: (name) => blobs.read(room, name),
      write: (write) => blobs.write(room, write),
      remove: (name, revision) => blobs.remove(room, name, revision),
    },
  }
}
