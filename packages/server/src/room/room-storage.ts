import type { Position } from '@millrace/contract'
import type { Blob, BlobInfo, BlobWrite, BlobWritten } from '../ports/blobs.ts'
import type { LogGap, LogPage, LogQuery } from '../ports/event-log.ts'
import type { Store } from '../ports/store.ts'

/** What the store keeps of a room, beneath its events: for kinds of rooms that are built on it. */
export interface RoomStorage {
  /** The newest position of the history. */
  tail(): Promise<Position>
  read(query: LogQuery): Promise<LogPage | LogGap>
  /** Forgets the history up to `through`, itself included. Members that stand before it are told of a gap. */
  trim(through: Position): Promise<void>
  /** Named bytes, kept until they are removed. */
  readonly blobs: {
    list(prefix: string): Promise<readonly BlobInfo[]>
    read(name: string): Promise<Blob | undefined>
    write(write: BlobWrite): Promise<BlobWritten>
    remove(name: string, revision?: string): Promise<boolean>
  }
}

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
