import type { Clock, Random } from '@millrace/contract'
import { implement, type Implementation } from '@millrace/server'
import type { TestUser } from '@millrace/testing'
import { documentRoom, type Permission } from '@millrace/yjs/server'
import { notes } from '../server/fixtures/notes.ts'
import type { NoteEntry } from './replica.ts'
import type { SeededBug } from './seeded-bugs.ts'
import { inWholeMs } from './whole-ms.ts'

export interface NotesInWorld {
  readonly random: Random
  /** There is none before the world is made. */
  readonly clock: () => Clock
  readonly permissionOf: (userId: string) => Permission | undefined
  readonly bug: SeededBug | undefined
}

/** The real handlers, which compact often, under the time and the chance of a world. */
export function notesInWorld({ random, clock, permissionOf, bug }: NotesInWorld): Implementation<TestUser> {
  const note = documentRoom<typeof notes, NoteEntry, TestUser>({
    authorize: ({ user }) => permissionOf(user.id) ?? 'write',
    plan: { compactEntries: 4 },
    clock: inWholeMs(clock),
    random,
  })
  const send = note.requests['update.send']
  const requests = { ...note.requests, 'update.send': (bug?.send?.(send as never) ?? send) as typeof send }
  return implement<typeof notes, TestUser>(notes, { rooms: { note: { ...note, requests } } })
}
