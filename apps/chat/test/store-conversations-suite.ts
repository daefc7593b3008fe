import { expect, it } from 'vitest'
import { ada, bob, draft, eve, forbidden, invalid, openNodes, openTeam, write } from './store-fixture.ts'
import type { CreateFixture } from './store-fixture.ts'

export function storeConversationsSuite(createFixture: CreateFixture): void {
  it('[CHS20, CHS32] who enters is in the conversations to start with, and everything before counts as read', async () => {
    await using fixture = await createFixture()
    const store = await fixture.open(false)
    await store.enter(eve)
    const entries = await store.inbox(eve.id)
    expect(entries.map(({ title }) => title).toSorted()).toEqual(['engineering', 'random', 'welcome'])
    for (const { lastSeq, readSeq, mentionCount } of entries) expect([readSeq, mentionCount]).toEqual([lastSeq, 0])
    await store.send(write(eve, 'hello', 'welcome'), draft('hello'), undefined)
    await store.enter({ ...eve, name: 'Evelyn' })
    expect(await store.searchPeople('eve', 10)).toEqual([{ ...eve, name: 'Evelyn' }])
    expect(await store.inbox(eve.id)).toHaveLength(3)
  })

  it('[CHS21, CHS15] a new conversation has the members that its maker names', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    expect(await store.isMember('team', ada.id)).toBe(true)
    expect(await store.isMember('team', bob.id)).toBe(true)
    expect(await store.isMember('team', eve.id)).toBe(false)
    await store.create(write(bob, 'pets', 'pets'), 'Pets', true, [bob.id, eve.id, eve.id])
    expect(await store.inbox(eve.id)).toMatchObject([{ id: 'pets', kind: 'open', title: 'Pets', rev: 1, last: null }])
    await expect(store.create(write(bob, 'x', 'x'), 'X', true, [eve.id, 'nobody'])).rejects.toMatchObject(invalid)
    expect(await store.searchOpen('', 10)).toEqual([{ id: 'pets', kind: 'open', title: 'Pets' }])
    expect(await store.isKnown(write(bob, 'x'))).toBe(false)
  })

  it('[CHS22, CHS32] anybody joins an open conversation, and nobody another', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.create(write(ada, 'pets', 'pets'), 'Pets', true, [])
    await store.send(write(ada, 'cat', 'pets'), draft('cat'), undefined)
    await store.join('pets', eve.id)
    await store.send(write(ada, 'dog', 'pets'), draft('dog'), undefined)
    await store.join('pets', eve.id)
    expect(await store.inbox(eve.id)).toMatchObject([{ id: 'pets', lastSeq: 2, readSeq: 1 }])
    const direct = await store.openDirect(ada.id, bob.id)
    for (const id of ['team', direct, 'nowhere']) await expect(store.join(id, eve.id)).rejects.toMatchObject(forbidden)
    await store.join('team', bob.id)
    expect(await store.inbox(eve.id)).toHaveLength(1)
  })

  it('[CHS23] two people have one direct conversation', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const id = await store.openDirect(ada.id, eve.id)
    expect(await store.openDirect(eve.id, ada.id)).toBe(id)
    expect(await store.openDirect(ada.id, bob.id)).not.toBe(id)
    const shared = { id, kind: 'direct', title: '', lastSeq: 0, readSeq: 0, mentionCount: 0, last: null, rev: 1 }
    expect(await store.inbox(eve.id)).toEqual([{ ...shared, other: ada }])
    expect(await store.inboxEntries(id)).toEqual(
      expect.arrayContaining([
        { userId: ada.id, entry: { ...shared, other: eve } },
        { userId: eve.id, entry: { ...shared, other: ada } },
      ]),
    )
    const alone = await store.openDirect(eve.id, eve.id)
    expect(await store.openDirect(eve.id, eve.id)).toBe(alone)
    expect(await store.inboxEntries(alone)).toMatchObject([{ userId: eve.id, entry: { other: eve } }])
    expect(await store.isMember(id, bob.id)).toBe(false)
    await expect(store.openDirect(eve.id, 'nobody')).rejects.toMatchObject(invalid)
  })

  it('[CHS23] also where both open it at once', async () => {
    await using fixture = await createFixture()
    const node = await openNodes(fixture)
    for (const user of [bob, eve]) await node(0).enter(user)
    const opening = Array.from({ length: 10 }, (_, at) =>
      at % 4 < 2 ? node(at).openDirect(bob.id, eve.id) : node(at).openDirect(eve.id, bob.id),
    )
    expect(new Set(await Promise.all(opening)).size).toBe(1)
    expect(await node(0).inbox(eve.id)).toHaveLength(1)
  })

  it('[CHS24] searches find a part, without regard to case', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const titles = ['100% wool', '100 percent', 'snake_case', 'snakeXcase', 'back\\slash', 'ÄRGER Straße']
    for (const [at, title] of titles.entries()) await store.create(write(ada, `c${at}`, `c${at}`), title, true, [])
    const search = async (query: string) => (await store.searchOpen(query, 10)).map(({ title }) => title)
    expect(await search('0%')).toEqual(['100% wool'])
    expect(await search('E_C')).toEqual(['snake_case'])
    expect(await search('\\')).toEqual(['back\\slash'])
    expect(await search('ärger S')).toEqual(['ÄRGER Straße'])
    expect(await search('SNAKE')).toEqual(['snakeXcase', 'snake_case'].toSorted(byFold))
    expect(await search('team')).toEqual([])
    expect(await search(`' or '1'='1`)).toEqual([])
    expect(await search('\0wool')).toEqual(['100% wool'])
    expect(await store.searchOpen('', 2)).toHaveLength(2)
    await store.enter({ id: 'zoe', name: 'ÇAĞLA_Z' })
    expect(await store.searchPeople('çağla', 10)).toEqual([{ id: 'zoe', name: 'ÇAĞLA_Z' }])
    expect(await store.searchPeople('', 10)).toEqual([ada, bob, eve, { id: 'zoe', name: 'ÇAĞLA_Z' }])
    expect(await store.searchPeople('%', 10)).toEqual([])
  })
}

const byFold = (a: string, b: string): number => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)
