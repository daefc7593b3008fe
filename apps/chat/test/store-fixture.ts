import type { Draft, PublicUser } from '../contract.ts'
import type { ChatStore, Write } from '../store/chat-store.ts'

/** One database under test. Disposing it closes what is open and removes the data. */
export interface ChatStoreFixture extends AsyncDisposable {
  /** @param isEmpty False to have what a new database is filled with. */
  open(isEmpty?: boolean): Promise<ChatStore>
  /** How many nodes may have it open at once. */
  readonly maxNodes: number
}

export type CreateFixture = () => Promise<ChatStoreFixture>

export const ada = { id: 'ada', name: 'Ada' }
export const bob = { id: 'bob', name: 'Bob' }
export const eve = { id: 'eve', name: 'Eve' }

export const draft = (text: string, rest: Partial<Draft> = {}): Omit<Draft, 'image'> => ({
  text,
  mentions: [],
  ...rest,
})

export const write = (user: PublicUser, key: string, conversationId = 'team'): Write => ({
  userId: user.id,
  key,
  conversationId,
})

/** Opens as many nodes as may share the database. @returns One of them, in turn. */
export async function openNodes(fixture: ChatStoreFixture, isEmpty?: boolean): Promise<(turn: number) => ChatStore> {
  const nodes = await Promise.all(Array.from({ length: fixture.maxNodes }, () => fixture.open(isEmpty)))
  return (turn) => {
    const node = nodes[turn % nodes.length]
    if (node) return node
    throw new Error('a fixture has one node at least')
  }
}

/** A store with a closed conversation `team` of Ada and Bob; Eve is known, but not in it. */
export async function openTeam(fixture: ChatStoreFixture): Promise<ChatStore> {
  const store = await fixture.open()
  for (const user of [ada, bob, eve]) await store.enter(user)
  await store.create(write(ada, 'team'), 'Team', false, [bob.id])
  return store
}

export const picture = {
  type: 'image/png',
  width: 3,
  height: 2,
  bytes: Uint8Array.from({ length: 256 }, (_, at) => at),
}

export const forbidden = { name: 'MillraceError', code: 'FORBIDDEN' }
export const invalid = { name: 'MillraceError', code: 'INVALID_INPUT' }
